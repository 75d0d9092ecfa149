import { dirname, join, relative, sep } from "node:path";
import { ResourceContext } from "resource-context";
import { ConfigError } from "../../errors.js";
import type { FileOutcome, Options } from "../../types.js";
import { sitesIn, without, type Remake, type Site } from "./back-out.js";
import {
  builtBefore,
  compile,
  compilerOf,
  hasReferences,
  isRead,
  narrowed,
  ownedByOthers,
  tsconfigOf,
  type Compilation,
  type Compiled,
} from "./compiler.js";
import { lineMap, newDiagnostics, type Diagnostic } from "./diagnostics.js";
import { guiltyIn, type Answer } from "./search.js";
import { makeOverlay, type Overlay } from "./overlay.js";
import { repositoryOf } from "../../folders.js";

export interface TypesRequest {
  readonly files: readonly FileOutcome[];
  readonly options: Options;
  readonly remake: Remake;
}

/** The files as they may be written, and what was checked, for the report. */
export interface Verified {
  readonly files: readonly FileOutcome[];
  readonly notes: readonly string[];
}

type Changed = Extract<FileOutcome, { status: "changed" }>;

/**
 * Compiles a copy of the project after the change, with its own compiler, and before it where there is a diagnostic.
 * A site whose change brings a new one is taken back, one after the other, until there is none.
 * @throws ConfigError when types must be checked and cannot be.
 */
export async function verifyTypes({ files, options, remake }: TypesRequest): Promise<Verified> {
  const changed = changedIn(files);
  if (changed.length === 0 || (options.verify !== "types" && options.verify !== "auto"))
    return { files, notes: [] };
  // The folder that holds all that a compiler may read: the repository, or the run's own.
  const top = repositoryOf(options.root) ?? options.root;
  const compilations = compilationsFor(changed, { root: options.root, top });
  const unread = unreadIn(changed, { root: options.root, top });
  if (compilations.length === 0) {
    if (options.verify === "types" && unread.length === 0) throw new ConfigError(cannotCheck);
    return { files, notes: unread };
  }
  await using context = new ResourceContext();
  const signal = options.signal ?? new AbortController().signal;
  const checking = new Checking({
    top,
    root: options.root,
    overlay: makeOverlay(top, context),
    compilations,
    signal,
    verify: options.verify,
  });
  const kept = await backOut({ files, options, remake }, checking);
  return { files: kept, notes: [...checking.notes(), ...unread] };
}

const cannotCheck =
  "--verify types: there is no tsconfig.json for the changed files, or no TypeScript is installed for it.\nInstall the packages of the project, or pass --verify parse.";

async function backOut(request: TypesRequest, checking: Checking): Promise<readonly FileOutcome[]> {
  const { options, remake } = request;
  const failed = new Map<Site, string>();
  let files = request.files;
  for (let round = 0; ; round++) {
    const found = await checking.newIn(changedIn(files));
    const [first] = found;
    if (first === undefined) return round > 1 ? readmit(request, { failed, checking }) : files;
    const sites = files.flatMap((file) => sitesIn(file, options.safety));
    if (sites.length === 0)
      throw new Error(`The types of the project changed by themselves: ${textOf(first)}`);
    const blamed = new Map(found.flatMap((one) => nearest(one, { sites, changed: changedIn(files) })));
    const ask = asking(request, { failed, sites, checking });
    const guilty =
      blamed.size > 0 ? blamed : await guiltyIn({ base: [], suspects: sites, output: textOf(first) }, ask);
    for (const [site, why] of guilty) failed.set(site, why);
    files = await without(request.files, failed, remake);
  }
}

interface Attempt {
  readonly failed: ReadonlyMap<Site, string>;
  readonly sites: readonly Site[];
  readonly checking: Checking;
}

/** A diagnostic in a file without changes: only the compiler can say whose it is. */
function asking({ files, remake }: TypesRequest, { failed, sites, checking }: Attempt) {
  return async (kept: readonly Site[]): Promise<Answer> => {
    const left = sites.filter((site) => !kept.includes(site)).map((site): [Site, string] => [site, ""]);
    const some = await without(files, new Map([...failed, ...left]), remake);
    const [first] = await checking.newIn(changedIn(some));
    return first === undefined ? { ok: true } : { ok: false, output: textOf(first) };
  };
}

/** With several rounds the nearest change was the wrong one at least once: what stands after all is made after all. */
async function readmit(
  { files, remake }: TypesRequest,
  { failed, checking }: { readonly failed: Map<Site, string>; readonly checking: Checking },
): Promise<readonly FileOutcome[]> {
  for (const site of [...failed.keys()]) {
    const rest = new Map([...failed].filter(([one]) => one !== site));
    const found = await checking.newIn(changedIn(await without(files, rest, remake)));
    if (found.length === 0) failed.delete(site);
  }
  return without(files, failed, remake);
}

type Blame = readonly [site: Site, why: string];

/** The change that stands nearest to a diagnostic in its file. */
function nearest(
  diagnostic: Diagnostic,
  { sites, changed }: { readonly sites: readonly Site[]; readonly changed: readonly Changed[] },
): readonly Blame[] {
  const texts = changed.find(({ file }) => file === diagnostic.file);
  if (texts === undefined) return [];
  const map = lineMap({ before: texts.before, after: texts.after });
  const distance = ({ line, endLine }: Site): number =>
    Math.min(...[line, endLine].map((at) => Math.abs((map(at) ?? at) - diagnostic.line)));
  const [site] = sites
    .filter(({ file }) => file === diagnostic.file)
    .sort((a, b) => distance(a) - distance(b));
  return site === undefined ? [] : [[site, textOf(diagnostic)]];
}

function textOf(diagnostic: Diagnostic): string {
  const { file, line, code, message } = diagnostic;
  return `The compiler then says: ${file}(${String(line)}): error ${code}: ${message}`;
}

function changedIn(files: readonly FileOutcome[]): readonly Changed[] {
  return files.flatMap((file) => (file.status === "changed" ? [file] : []));
}

function compilationsFor(
  changed: readonly Changed[],
  { root, top }: { readonly root: string; readonly top: string },
): readonly Compilation[] {
  const found = new Map<string, Compilation>();
  for (const { file } of changed) {
    const tsconfig = tsconfigOf(join(root, file), top);
    if (tsconfig === null || !isRead(file, tsconfig)) continue;
    const isVue = changed.some(
      (one) => one.file.endsWith(".vue") && tsconfigOf(join(root, one.file), top) === tsconfig,
    );
    const compiler = compilerOf(tsconfig, isVue ? ["vue-tsc", "typescript"] : ["typescript"]);
    if (compiler === null) continue;
    const by = hasReferences(tsconfig) ? "build" : "check";
    const leftOut = by === "check" ? ownedByOthers(tsconfig) : [];
    found.set(tsconfig, { compiler, tsconfig, by, leftOut });
  }
  const built = new Set([...found.keys()].flatMap((tsconfig) => [...builtBefore(tsconfig)]));
  return [...found.values()].filter(({ tsconfig }) => !built.has(tsconfig));
}

function unreadIn(
  changed: readonly Changed[],
  { root, top }: { readonly root: string; readonly top: string },
): readonly string[] {
  const unread = changed.filter(({ file }) => {
    const tsconfig = tsconfigOf(join(root, file), top);
    return tsconfig !== null && !isRead(file, tsconfig);
  });
  const [first] = unread;
  if (first === undefined) return [];
  const more = unread.length > 1 ? ` and ${String(unread.length - 1)} more` : "";
  return [`types not checked in ${first.file}${more}: the tsconfig has no \`allowJs\``];
}

interface Setting {
  readonly top: string;
  readonly root: string;
  readonly overlay: Overlay;
  readonly compilations: readonly Compilation[];
  readonly signal: AbortSignal;
  readonly verify: Options["verify"];
}

/** A copy of the project, and what the compilers said about it before the change where they say anything after it. */
class Checking {
  private readonly before = new Map<Compilation, readonly Diagnostic[]>();
  private readonly unchecked = new Map<Compilation, string>();
  /** Files that hold another text than in the project: path -> that one. */
  private readonly written = new Map<string, string>();

  constructor(private readonly setting: Setting) {}

  async newIn(changed: readonly Changed[]): Promise<readonly Diagnostic[]> {
    this.write(changed);
    const texts = new Map(changed.map(({ file, before, after }) => [file, { before, after }]));
    const found: Diagnostic[] = [];
    for (const compilation of this.setting.compilations) {
      if (this.unchecked.has(compilation)) continue;
      const compiled = await this.run(compilation);
      // Code without a diagnostic has no new one: what was said before need not be known.
      if (compiled.status === "done" && compiled.diagnostics.length === 0) continue;
      const before = await this.baselineOf(compilation, changed);
      if (before === null) continue;
      if (compiled.status === "failed")
        throw new Error(`The compiler failed on the changed code: ${compiled.error}`);
      found.push(...newDiagnostics(before, compiled.diagnostics, (file) => texts.get(file)));
    }
    return found;
  }

  /** A compiler that complains about its configuration has checked nothing: that must not pass for a success. */
  private async baselineOf(
    compilation: Compilation,
    changed: readonly Changed[],
  ): Promise<readonly Diagnostic[] | null> {
    const known = this.before.get(compilation);
    if (known !== undefined) return known;
    this.write([]);
    const compiled = await this.run(compilation);
    this.write(changed);
    const broken = compiled.status === "failed" ? compiled.error : brokenBy(compiled.diagnostics);
    if (broken === null && compiled.status === "done") {
      this.before.set(compilation, compiled.diagnostics);
      return compiled.diagnostics;
    }
    const note = `types not checked with ${this.nameOf(compilation.tsconfig)}: ${broken ?? ""}`;
    if (this.setting.verify === "types") throw new ConfigError(`--verify types: ${note}`);
    this.unchecked.set(compilation, note);
    return null;
  }

  notes(): readonly string[] {
    const checked = this.setting.compilations.filter((one) => !this.unchecked.has(one));
    const names = checked.map(({ tsconfig }) => this.nameOf(tsconfig));
    return [
      ...(names.length > 0 ? [`types checked with ${names.join(", ")}`] : []),
      ...this.unchecked.values(),
    ];
  }

  private write(changed: readonly Changed[]): void {
    const { root, overlay } = this.setting;
    for (const [path, before] of this.written) overlay.write(path, before);
    this.written.clear();
    for (const { file, before, after } of changed) {
      overlay.write(join(root, file), after);
      this.written.set(join(root, file), before);
    }
  }

  private async run(compilation: Compilation): Promise<Compiled> {
    const { overlay, root, signal, compilations } = this.setting;
    const copy = { ...compilation, tsconfig: this.copyOf(compilation) };
    const buildInfo = join(overlay.top, `.checked-${String(compilations.indexOf(compilation))}.tsbuildinfo`);
    return compile(copy, { folder: overlay.of(root), buildInfo, signal });
  }

  private copyOf(compilation: Compilation): string {
    const { overlay } = this.setting;
    if (compilation.leftOut.length === 0) return overlay.of(compilation.tsconfig);
    const path = join(dirname(compilation.tsconfig), ".checked.tsconfig.json");
    overlay.write(path, narrowed(compilation));
    return overlay.of(path);
  }

  private nameOf(path: string): string {
    return relative(this.setting.root, path).split(sep).join("/");
  }
}

/** What keeps a compiler from looking at types: a wrong option, or code that does not parse. */
function brokenBy(diagnostics: readonly Diagnostic[]): string | null {
  const isSyntax = ({ code }: Diagnostic): boolean => /^TS1\d{3}$/.test(code);
  const isGeneral = ({ file, code }: Diagnostic): boolean =>
    file === "" || (/^TS(?:5|6|18)\d{3}$/.test(code) && file.endsWith(".json"));
  const found = diagnostics.find(isGeneral) ?? (diagnostics.every(isSyntax) ? diagnostics[0] : undefined);
  return found === undefined ? null : `${found.code}: ${found.message}`;
}
