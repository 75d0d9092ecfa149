import fs from "node:fs";
import { mkdtemp, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";

export interface Settings {
  readonly port: number;
  readonly uploads: string;
}

export function load(file: string): Settings {
  return JSON.parse(fs.readFileSync(file, "utf8"));
}

export async function save(file: string, settings: Settings): Promise<void> {
  await writeFile(file, JSON.stringify(settings, null, 2));
}

/** An append is not replaced: an atomic write would drop what is there. */
export async function log(file: string, line: string): Promise<void> {
  await writeFile(file, `${line}\n`, { flag: "a" });
}

/** Nobody else reads a private temporary folder half-written. */
export async function draft(settings: Settings): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "draft-"));
  await writeFile(path.join(folder, "settings.json"), JSON.stringify(settings));
  return folder;
}
