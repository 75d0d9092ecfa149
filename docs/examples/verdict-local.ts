import { spawn } from "node:child_process";
import { once } from "node:events";
import { access } from "node:fs/promises";

export async function thumbnail(input: string): Promise<void> {
  const child = spawn("convert", [input, "-thumbnail", "200x200"]);
  await access(input);
  await once(child, "close");
}
