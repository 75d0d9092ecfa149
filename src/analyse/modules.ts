import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { exportedOrigin } from "./exports.js";
import type { ExportLookup, Origin } from "./origins.js";
import { parseBatch, type Unit } from "./unit.js";

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
  const base = path.posix.normalize(path.posix.join(path.posix.dirname(fromFile), specifier));
  if (base.startsWith("../")) return undefined;
  return namesFor(base).find((name) => isFile(path.join(root, name)));
}

function namesFor(base: string): readonly string[] {
  const extension = path.posix.extname(base);
  const stem = base.slice(0, base.length - extension.length);
  return [
    ...(compiledTo[extension] ?? []).map((other) => stem + other),
    ...(extensions.includes(extension.slice(1)) ? [base] : []),
    ...extensions.map((other) => `${base}.${other}`),
    ...extensions.map((other) => `${base}/index.${other}`),
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

/** Follows re-exports through the files of the project, parsing each of them at most once. */
export class ProjectExports {
  private readonly units = new Map<string, Unit | undefined>();
  private readonly known = new Map<string, Origin | undefined>();

  constructor(private readonly root: string) {}

  readonly lookup: ExportLookup = (fromFile, specifier, name) => {
    const file = resolveModule(this.root, fromFile, specifier);
    if (file === undefined) return undefined;
    const key = `${file}#${name}`;
    if (this.known.has(key)) return this.known.get(key);
    // Entered before the search, so that files which re-export each other end here.
    this.known.set(key, undefined);
    const unit = this.parse(file);
    const origin = unit === undefined ? undefined : exportedOrigin(unit, name, this.lookup);
    this.known.set(key, origin);
    return origin;
  };

  private parse(file: string): Unit | undefined {
    if (!this.units.has(file)) {
      const [parsed] = parseBatch([{ path: file, text: readFileSync(path.join(this.root, file), "utf8") }]);
      this.units.set(file, parsed?.ok === true ? parsed.unit : undefined);
    }
    return this.units.get(file);
  }
}

/** Used in the first pass, before it is known that anything is re-exported. */
export const noExports: ExportLookup = () => undefined;
