import path from "node:path";
import { resolveExports, resolveImports } from "resolve-pkg-maps";
import { exists, readUtf8 } from "../../disk.js";
import { resolveFile } from "../modules.js";

/** What of a package.json says where its modules are. */
interface Manifest {
  readonly name?: string;
  readonly exports?: Parameters<typeof resolveExports>[0];
  readonly imports?: Parameters<typeof resolveImports>[0];
  readonly source?: string;
  readonly module?: string;
  readonly main?: string;
  readonly types?: string;
}

interface Package {
  readonly folder: string;
  readonly manifest: Manifest;
}

/** Sources come first where a package tells them apart. */
const conditions = ["source", "development", "types", "import", "node", "require", "default"];

/** The packages of the repository: every folder with a package.json above one of its files. */
export class Packages {
  private readonly byFolder = new Map<string, Package | undefined>();
  private byName: ReadonlyMap<string, Package> | undefined;

  constructor(
    private readonly root: string,
    private readonly files: readonly string[],
  ) {}

  /** `@team/server/client` -> packages/server/src/client.ts */
  exported(specifier: string): string | undefined {
    const name = /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? "";
    const found = (this.byName ??= this.named()).get(name);
    if (found === undefined) return undefined;
    const subpath = specifier.slice(name.length + 1);
    return first(this.targets(found, subpath), (target) => this.source(found.folder, target));
  }

  /** `#db` -> what the package around the file says. */
  imported(folder: string, specifier: string): string | undefined {
    const around = this.around(folder);
    const imports = around?.manifest.imports;
    if (around === undefined || imports === undefined) return undefined;
    const targets = attempt(() => resolveImports(imports, specifier, conditions));
    return first(targets, (target) => this.source(around.folder, target));
  }

  private targets({ manifest }: Package, subpath: string): readonly string[] {
    const { exports } = manifest;
    if (exports !== undefined) {
      const targets = attempt(() => resolveExports(exports, subpath, conditions));
      if (targets.length > 0) return targets;
    }
    if (subpath !== "") return [subpath, `src/${subpath}`];
    const { source, module, main, types } = manifest;
    return [source, module, main, types, "src/index", "index"].filter((one) => one !== undefined);
  }

  /** The source of what a package points to: `./dist/esm/client.js` is built from `src/client.ts`. */
  private source(folder: string, target: string): string | undefined {
    const parts = path.posix.normalize(target).split("/");
    const [top = ""] = parts;
    const built = /^(dist|lib|build|out|output|esm|cjs|es|types)$/.test(top)
      ? parts.slice(1).map((_, i) => parts.slice(i + 1).join("/"))
      : [];
    const stems = built.map((one) => one.replace(/(\.d)?\.[cm]?[jt]sx?$/, ""));
    const candidates = [...stems.map((one) => `src/${one}`), parts.join("/"), ...stems];
    return first(candidates, (one) => resolveFile(this.root, path.posix.join(folder, one)));
  }

  private around(folder: string): Package | undefined {
    for (let at = folder; ; at = path.posix.dirname(at)) {
      const found = this.at(at);
      if (found !== undefined || at === ".") return found;
    }
  }

  /** Two packages with one name are examples of each other: neither is known. */
  private named(): ReadonlyMap<string, Package> {
    const found = new Map<string, Package | undefined>();
    const folders = new Set(this.files.flatMap((file) => foldersAbove(file)));
    for (const folder of folders) {
      const one = this.at(folder);
      const name = one?.manifest.name;
      if (name !== undefined) found.set(name, found.has(name) ? undefined : one);
    }
    return new Map([...found].flatMap(([name, one]) => (one === undefined ? [] : [[name, one]])));
  }

  private at(folder: string): Package | undefined {
    if (!this.byFolder.has(folder)) {
      const manifest = readManifest(path.join(this.root, folder, "package.json"));
      this.byFolder.set(folder, manifest === undefined ? undefined : { folder, manifest });
    }
    return this.byFolder.get(folder);
  }
}

function foldersAbove(file: string): readonly string[] {
  const found: string[] = [];
  for (let at = path.posix.dirname(file); ; at = path.posix.dirname(at)) {
    found.push(at);
    if (at === ".") return found;
  }
}

/** Examples and fixtures hold broken ones on purpose. */
function readManifest(file: string): Manifest | undefined {
  if (!exists(file)) return undefined;
  return attempt((): readonly Manifest[] => {
    const parsed: Manifest | null = JSON.parse(readUtf8(file).replace(/^\uFEFF/, ""));
    return parsed === null ? [] : [parsed];
  })[0];
}

/** Nothing, where the package.json is wrong. */
function attempt<T>(work: () => readonly T[]): readonly T[] {
  try {
    return work();
  } catch (thrown) {
    if (thrown instanceof Error) return [];
    throw thrown;
  }
}

function first<T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
