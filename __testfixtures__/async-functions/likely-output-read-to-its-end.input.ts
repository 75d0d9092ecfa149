import { spawn } from "node:child_process";

export async function searchLogs(pattern: string): Promise<string> {
  const grep = spawn("grep", ["-r", pattern, "logs"]);
  let found = "";
  for await (const chunk of grep.stdout) found += String(chunk);
  return found;
}
