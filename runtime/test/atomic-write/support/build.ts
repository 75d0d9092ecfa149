import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const source = fileURLToPath(new URL("../../../src/atomic-write", import.meta.url));

/**
 * Turns this folder of the package into JavaScript and answers where its entry is, so that programs run what is
 * in `src` now, whoever last built `dist`. Types are checked elsewhere, which makes this a matter of moments.
 */
export function build(format: "esm" | "commonjs" = "esm"): {
  readonly entry: string;
  readonly remove: () => void;
} {
  const out = fs.mkdtempSync(path.join(os.tmpdir(), "atomic-write-build-"));
  const type = format === "esm" ? "module" : "commonjs";
  fs.writeFileSync(path.join(out, "package.json"), JSON.stringify({ type }));
  const compilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: format === "esm" ? ts.ModuleKind.ESNext : ts.ModuleKind.CommonJS,
    esModuleInterop: true,
  };
  for (const name of fs.readdirSync(source)) {
    const text = fs.readFileSync(path.join(source, name), "utf8");
    const { outputText } = ts.transpileModule(text, { compilerOptions });
    fs.writeFileSync(path.join(out, name.replace(/\.ts$/, ".js")), outputText);
  }
  return {
    entry: path.join(out, "index.js"),
    remove: () => fs.rmSync(out, { recursive: true, force: true }),
  };
}

export function typeRoots(): string {
  return path.dirname(path.dirname(fileURLToPath(import.meta.resolve("@types/node/package.json"))));
}
