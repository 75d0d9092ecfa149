import { statSync } from "node:fs";
import path from "node:path";
import { isComponent } from "../components.js";
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

/** `x/package.json/index.ts` is asked for too: a path that runs through a file is just not there. */
function isFile(file: string): boolean {
  try {
    return statSync(file, { throwIfNoEntry: false })?.isFile() === true;
  } catch (thrown) {
    if (thrown instanceof Error && "code" in thrown && thrown.code === "ENOTDIR") return false;
    throw thrown;
  }
}

/** Nothing is known about other files. */
export const noExports: ExportLookup = () => undefined;
