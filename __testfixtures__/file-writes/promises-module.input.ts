import { readFile, writeFile } from "node:fs/promises";

export async function bumpPort(config: string): Promise<void> {
  const settings = JSON.parse(await readFile(config, "utf8"));
  settings.port += 1;
  await writeFile(config, JSON.stringify(settings, null, 2), "utf8");
}
