import { readFile } from "node:fs/promises";
import { atomicWriteFile } from "resource-context";

export async function bumpPort(config: string): Promise<void> {
  const settings = JSON.parse(await readFile(config, "utf8"));
  settings.port += 1;
  await atomicWriteFile(config, JSON.stringify(settings, null, 2), "utf8");
}
