import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { fileURLToPath } from "node:url";

const runtime = fileURLToPath(new URL("../../..", import.meta.url));

/**
 * Compiles this folder of the package with the package's own settings and answers where its entry is, so that
 * the programs run what is in `src` now, whoever last built `dist`.
 */
export function build(): { readonly entry: string; readonly remove: () => void } {
  const out = fs.mkdtempSync(path.join(os.tmpdir(), "atomic-write-build-"));
  const config = {
    extends: path.join(runtime, "tsconfig.esm.json"),
    compilerOptions: { outDir: out, rootDir: path.join(runtime, "src"), typeRoots: [typeRoots()] },
    files: [path.join(runtime, "src/atomic-write/index.ts")],
  };
  fs.writeFileSync(path.join(out, "package.json"), '{ "type": "module" }');
  fs.writeFileSync(path.join(out, "tsconfig.json"), JSON.stringify(config));
  execFileSync(process.execPath, [tsc(), "-p", out], { stdio: ["ignore", "inherit", "inherit"] });
  return {
    entry: path.join(out, "atomic-write/index.js"),
    remove: () => fs.rmSync(out, { recursive: true, force: true }),
  };
}

export function tsc(): string {
  return fileURLToPath(new URL("../bin/tsc", import.meta.resolve("typescript")));
}

export function typeRoots(): string {
  return path.dirname(path.dirname(fileURLToPath(import.meta.resolve("@types/node/package.json"))));
}
