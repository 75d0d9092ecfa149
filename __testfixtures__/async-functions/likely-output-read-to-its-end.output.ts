import { spawn } from "node:child_process";
import { ResourceContext } from "resource-context";

export async function searchLogs(pattern: string): Promise<string> {
  await using ctx = new ResourceContext();
  const grep = ctx.process(spawn("grep", ["-r", pattern, "logs"]));
  let found = "";
  for await (const chunk of grep.stdout) found += String(chunk);
  return found;
}
