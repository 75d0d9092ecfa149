import path from "node:path";
import { isComponent } from "../components.js";
import { isFile } from "../disk.js";
import type { ExportLookup } from "./origins.js";

const extensions = ["ts", "tsx", "mts", "cts", "js", "jsx", "mjs", "cjs"];

/** What TypeScript sources write for the compiled file: `./run.js` means `./run.ts`. */
const compiledTo: Readonly<Record<string, readonly string[]>> = {
  ".js": [".ts", ".tsx"],
  ".jsx": [".tsx"],
  ".mjs": [".mts"],
  ".cjs": [".cts"],
};

/** Finds the project file behind a relative specifier; undefined when there is none. */
export function resolveModule(root: string, fromFile: string, specifier: string): string | undefined {
  return resolveFile(root, path.posix.join(path.posix.dirname(fromFile), specifier));
}

/** The source file that a path without extension, of a folder or of the compiled file stands for. */
export function resolveFile(root: string, given: string): string | undefined {
  const base = path.posix.normalize(given);
  if (base.startsWith("../") || path.posix.isAbsolute(base)) return undefined;
  return namesFor(base).find((name) => isFile(path.join(root, name)));
}

function namesFor(base: string): readonly string[] {
  const extension = path.posix.extname(base);
  const stem = base.slice(0, base.length - extension.length);
  return [
    ...(compiledTo[extension] ?? []).map((other) => stem + other),
    ...(extensions.includes(extension.slice(1)) || isComponent(base) ? [base] : []),
    ...extensions.map((other) => `${base}.${other}`),
    // The folder of the file itself is ".".
    ...extensions.map((other) => path.posix.join(base, `index.${other}`)),
  ];
}

/** Nothing is known about other files. */
export const noExports: ExportLookup = () => undefined;
