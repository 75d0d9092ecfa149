import { unlinkSync, writeFileSync } from "node:fs";

export async function load(path: string, text: string): Promise<unknown> {
  const copy = `${path}.timestamp.mjs`;
  writeFileSync(copy, text);
  try {
    const module: unknown = await import(copy);
    return module;
  } finally {
    unlinkSync(copy);
  }
}
