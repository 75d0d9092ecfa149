import * as cp from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { promisify } from "node:util";
import { runtimeFolder } from "./helpers.js";

export const cacheFolder = path.join(runtimeFolder, "..", "node_modules", ".cache");

/** The compilers our declarations have to work with, by the name they are installed under. */
export const TYPESCRIPTS = ["5.2", "5.9", "6.0"] as const;

/** Installs the compilers once; they are no dependency of anything, so they live in the cache. */
export async function installCompilers(): Promise<void> {
  const folder = path.join(cacheFolder, "typescripts");
  const missing = TYPESCRIPTS.filter((version) => !fs.existsSync(compiler(version)));
  if (missing.length === 0) return;
  fs.mkdirSync(folder, { recursive: true });
  const packages = missing.map((version) => `typescript-${version}@npm:typescript@~${version}.0`);
  await promisify(cp.execFile)("npm", [
    "install",
    "--no-audit",
    "--no-fund",
    "--prefix",
    folder,
    ...packages,
  ]);
}

export const compiler = (version: string): string =>
  path.join(cacheFolder, "typescripts", "node_modules", `typescript-${version}`, "bin", "tsc");
