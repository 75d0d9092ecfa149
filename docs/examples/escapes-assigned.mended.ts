import { spawn } from "node:child_process";
import { once } from "node:events";

export async function scan(upload: { file: string }): Promise<boolean> {
  const scanner = spawn("clamscan", [upload.file]);
  const [code] = await once(scanner, "close");
  return code === 0;
}
