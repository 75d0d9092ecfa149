import path from "node:path";
import semver from "semver";
import { isComponent } from "../components.js";
import { exists, readUtf8 } from "../disk.js";
import { ConfigError, toError } from "../errors.js";
import type { Options } from "../types.js";
import { isPlainNode, saysNodeRunsIt } from "./plain-node.js";

/** What the package around a file says about it. */
export interface ProjectFacts {
  /** How Node loads a `.js` file: `type` of the nearest package.json. */
  readonly packageType: "module" | "commonjs";
  /** Which form of a scope this file can run: see `syntaxOf`. */
  readonly syntax: "using" | "try-finally";
  /** `workers`: a wrangler file says that Cloudflare's workers run the package, and not Node. */
  readonly host: "node" | "workers";
  /** Why code of this file may not be able to load the runtime; null when it is. */
  readonly caution: string | null;
}

/** A form of scope, and what in the project decides for it. */
export interface ScopeForm {
  readonly form: ProjectFacts["syntax"];
  readonly because: string;
}

interface Manifest {
  readonly type?: string;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly engines?: { readonly node?: string };
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** Reads package.json and tsconfig.json files upwards from a folder, each folder once. */
export class Projects {
  private readonly folders = new Map<string, FolderFacts>();

  constructor(private readonly options: Pick<Options, "root" | "syntax">) {}

  factsFor(file: string): ProjectFacts {
    const known = this.factsAround(file);
    return {
      packageType: known.packageType,
      syntax: this.scopeFor(file).form,
      host: known.host,
      caution: known.caution ?? uninstalled(file, known.preinstall),
    };
  }

  scopeFor(file: string): ScopeForm {
    if (isComponent(file)) return this.inComponents();
    const known = this.factsAround(file);
    if (!/\.[cm]?tsx?$/.test(file)) return known.script;
    const needsCompiler = this.options.syntax === "auto" && known.typescript.form === "using" && !known.isNew;
    return needsCompiler && saysNodeRunsIt(path.join(this.options.root, file))
      ? tryFinally("the file says that node runs it as it is")
      : known.typescript;
  }

  private factsAround(file: string): FolderFacts {
    const folder = path.dirname(path.join(this.options.root, file));
    const known = this.folders.get(folder) ?? this.read(folder);
    this.folders.set(folder, known);
    return known;
  }

  /** The compilers of Vue and Svelte have parsers of their own, which know `using` late. */
  private inComponents(): ScopeForm {
    if (this.options.syntax === "using") return { form: "using", because: "--syntax using says so" };
    return tryFinally("compilers of Vue and Svelte learned to read it late");
  }

  private read(folder: string): FolderFacts {
    const manifests = upwards(folder, "package.json").map(readManifest);
    const packageType = manifests[0]?.type === "module" ? "module" : "commonjs";
    const { syntax: chosen } = this.options;
    const syntax = (language: Language): ScopeForm =>
      chosen === "auto"
        ? syntaxOf(language, folder, manifests)
        : { form: chosen, because: `--syntax ${chosen} says so` };
    const preinstall = manifests.map((one) => one.scripts?.preinstall ?? "").join(" ");
    return {
      packageType,
      script: syntax("script"),
      typescript: syntax("typescript"),
      isNew: asksForUsing(manifests),
      preinstall,
      host: runsOnWorkers(folder) ? "workers" : "node",
      caution: oldNode(manifests) ?? copiedAsSkill(folder),
    };
  }
}

type Language = "script" | "typescript";

interface FolderFacts {
  readonly packageType: ProjectFacts["packageType"];
  readonly script: ScopeForm;
  readonly typescript: ScopeForm;
  /** Its Node knows `await using` without a compiler. */
  readonly isNew: boolean;
  /** The commands that run before packages are installed. */
  readonly preinstall: string;
  readonly host: ProjectFacts["host"];
  readonly caution: string | null;
}

/** It lies in the package, not in one above it. */
function runsOnWorkers(folder: string): boolean {
  const [manifest] = upwards(folder, "package.json");
  const found = ["wrangler.toml", "wrangler.json", "wrangler.jsonc"].flatMap((name) => upwards(folder, name));
  return found.some((one) => manifest === undefined || path.dirname(one).startsWith(path.dirname(manifest)));
}

/** What the runtime says in its `engines`. */
const ofRuntime = "18.0.0";

/** A package that promises to run on less than the runtime does would break that promise. */
function oldNode(manifests: readonly Manifest[]): string | null {
  const node = nodeOf(manifests);
  if (
    node === undefined ||
    semver.validRange(node) === null ||
    node.trim() === "*" ||
    isAtLeast(node, ofRuntime)
  )
    return null;
  return `The package supports Node "${node}"; the runtime needs 18.0 or later.`;
}

/** A `SKILL.md` says that the folder is copied to where an agent works, and no package.json comes with it. */
function copiedAsSkill(folder: string): string | null {
  const [skill] = upwards(folder, "SKILL.md").map((one) => path.dirname(one));
  const [home = ""] = upwards(folder, "package.json").map((one) => path.dirname(one));
  return skill !== undefined && skill.length > home.length
    ? "This script belongs to a skill, and runs in projects that may not have the runtime."
    : null;
}

/** Workflow scripts and preinstall scripts run where no package is installed yet. */
function uninstalled(file: string, preinstall: string): string | null {
  const runsBare = /(^|\/)\.[^./][^/]*\//.test(file) || preinstall.includes(path.basename(file));
  return runsBare
    ? "This script may run before packages are installed, and then cannot load the runtime."
    : null;
}

/**
 * `await using` only where it is sure to run: on Node 24 and later as it is, elsewhere when TypeScript
 * 5.2 or later lowers it. Babel, Node's own type stripping and `target: ESNext` do not, and old
 * formatters and linters cannot read it.
 */
function syntaxOf(language: Language, folder: string, manifests: readonly Manifest[]): ScopeForm {
  const old = oldReader(folder, manifests);
  if (old !== null) return tryFinally(`${old} cannot read await using`);
  const hasTypeScript = hasModernTypeScript(folder, manifests);
  if (language === "typescript" && !hasTypeScript)
    return tryFinally("TypeScript 5.2 or later was not found: in package.json or node_modules");
  if (asksForUsing(manifests))
    return {
      form: "using",
      because: `"engines" asks for Node ${nodeOf(manifests) ?? ""}, which runs await using`,
    };
  if (language === "script") return tryFinally('nothing compiles it, and "engines" does not ask for Node 24');
  if (usesBabel(folder, manifests)) return tryFinally("Babel compiles it");
  return loweredBy(folder, manifests);
}

function asksForUsing(manifests: readonly Manifest[]): boolean {
  return isAtLeast(nodeOf(manifests) ?? "", "24.0.0");
}

function nodeOf(manifests: readonly Manifest[]): string | undefined {
  return manifests.map((one) => one.engines?.node).find((range) => range !== undefined);
}

/** What the compiler makes of it, where there is one. */
function loweredBy(folder: string, manifests: readonly Manifest[]): ScopeForm {
  if (manifests.some(stripsTypes))
    return tryFinally("a script of package.json runs TypeScript with node as it is");
  const config = upwards(folder, "tsconfig.json")[0];
  if (config === undefined) return tryFinally("there is no tsconfig.json that says what it is compiled to");
  if (tsconfigValue(config, "erasableSyntaxOnly") === "true")
    return tryFinally("erasableSyntaxOnly: types are only taken off");
  const target = tsconfigValue(config, "target") ?? "";
  if (/^(esnext)$/i.test(target))
    return tryFinally(`target ${target} leaves it as it is, and "engines" does not ask for Node 24`);
  return { form: "using", because: `TypeScript compiles it${target === "" ? "" : ` to ${target}`}` };
}

const tryFinally = (because: string): ScopeForm => ({ form: "try-finally", because });

/** Some script of package.json has Node run TypeScript as it is. */
function stripsTypes({ scripts = {} }: Manifest): boolean {
  return Object.values(scripts).some((script) => script.split(/&&|[;|]/).some(isPlainNode));
}

function hasModernTypeScript(folder: string, manifests: readonly Manifest[]): boolean {
  return versionOf("typescript", folder, manifests) === "unknown"
    ? false
    : isModern("typescript", "5.2.0", { folder, manifests });
}

/** The first versions of tools that read source text and know `await using`; older ones fail on it. */
const readers = { prettier: "3.0.1", "@typescript-eslint/parser": "6.4.0" } as const;

function oldReader(folder: string, manifests: readonly Manifest[]): string | null {
  const old = Object.entries(readers).find(([name, least]) => !isModern(name, least, { folder, manifests }));
  if (old === undefined) return null;
  const [name, least] = old;
  return `${name} ${versionOf(name, folder, manifests)}, which is older than ${least},`;
}

interface Place {
  readonly folder: string;
  readonly manifests: readonly Manifest[];
}

/** Whether a tool, where the project has it at all, is at least of that version. */
function isModern(name: string, version: string, { folder, manifests }: Place): boolean {
  const found = versionOf(name, folder, manifests);
  return found === "unknown" || semver.gte(found, version);
}

/** What is installed, else the lowest that package.json lets in. */
function versionOf(name: string, folder: string, manifests: readonly Manifest[]): string {
  const [installed] = upwards(folder, `node_modules/${name}/package.json`);
  const version = installed === undefined ? undefined : versionIn(installed);
  if (version !== undefined) return version;
  const range = manifests
    .map((one) => one.devDependencies?.[name] ?? one.dependencies?.[name])
    .find((one) => one !== undefined);
  const lowest = range === undefined || semver.validRange(range) === null ? null : semver.minVersion(range);
  return lowest === null ? "unknown" : lowest.version;
}

function isAtLeast(range: string, version: string): boolean {
  const lowest = semver.validRange(range) === null ? null : semver.minVersion(range);
  return lowest !== null && semver.gte(lowest, version);
}

function usesBabel(folder: string, manifests: readonly Manifest[]): boolean {
  const hasPreset = manifests.some(
    (one) =>
      one.devDependencies?.["@babel/preset-typescript"] !== undefined ||
      one.dependencies?.["@babel/preset-typescript"] !== undefined,
  );
  return (
    hasPreset ||
    [".babelrc", "babel.config.js", "babel.config.json", "babel.config.cjs", "babel.config.mjs"].some(
      (name) => upwards(folder, name).length > 0,
    )
  );
}

/** The files of that name in the folder and above it, nearest first; stops at the root of the repository. */
function upwards(folder: string, name: string): readonly string[] {
  const found: string[] = [];
  for (let at = folder; ; at = path.dirname(at)) {
    if (exists(path.join(at, name))) found.push(path.join(at, name));
    if (exists(path.join(at, ".git")) || path.dirname(at) === at) return found;
  }
}

function readManifest(file: string): Manifest {
  try {
    const parsed: Manifest = JSON.parse(readUtf8(file).replace(/^\uFEFF/, ""));
    return parsed;
  } catch (thrown) {
    throw new ConfigError(`Cannot read ${file}: ${toError(thrown).message}. Mend the file, then run again.`);
  }
}

function versionIn(file: string): string | undefined {
  const { version }: { readonly version?: string } = JSON.parse(readUtf8(file));
  return version;
}

/** A compiler option, followed through relative `extends`; tsconfig files hold comments, so no JSON parser reads them all. */
function tsconfigValue(file: string, name: string, hops = 5): string | undefined {
  if (hops === 0 || !exists(file)) return undefined;
  const text = readUtf8(file).replace(/\/\/[^\n"]*$|\/\*[\s\S]*?\*\//gm, "");
  const own = new RegExp(`"${name}"\\s*:\\s*"?([\\w.]+)"?`).exec(text)?.[1];
  if (own !== undefined) return own;
  const base = /"extends"\s*:\s*"(\.[^"]+)"/.exec(text)?.[1];
  if (base === undefined) return undefined;
  return tsconfigValue(
    path.resolve(path.dirname(file), base.endsWith(".json") ? base : `${base}.json`),
    name,
    hops - 1,
  );
}
