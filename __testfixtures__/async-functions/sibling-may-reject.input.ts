import { spawn } from "node:child_process";
import { once } from "node:events";

export async function mirror(url: string, record: () => Promise<void>): Promise<void> {
  const wget = spawn("wget", ["--mirror", url]);
  await Promise.all([record(), once(wget, "close")]);
}
