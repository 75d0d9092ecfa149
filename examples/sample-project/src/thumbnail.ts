import { spawn } from "node:child_process";
import { once } from "node:events";
import { access } from "node:fs/promises";

/** Converts an image; a missing input throws while the converter is already running. */
export async function thumbnail(input: string, output: string): Promise<void> {
  const child = spawn("convert", [input, "-thumbnail", "200x200", output]);
  await access(input);
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`convert failed with ${code}`);
}
