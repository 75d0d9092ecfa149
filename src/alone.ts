import path from "node:path";
import { freeNames } from "./analyse/free-names.js";
import { check } from "./check/check.js";
import { Decider, noNeighbours } from "./decide.js";
import { format } from "./format/format.js";
import { type DecidedFile, planFile } from "./plan/index.js";
import { mergeDuplicates } from "./rewrite/import-merge.js";
import { importEdits } from "./rewrite/imports.js";
import { rewrite, type Rewritten, splice } from "./rewrite/rewrite.js";
import { defaultOptions } from "./options/defaults.js";
import type { Edit, FilePlan, Finding, Level, Options, RuntimeName, TransformId } from "./types.js";

export interface File {
  readonly path: string;
  readonly source: string;
}

/** What the runner hands over: every flag of its command line that it does not know. */
export type Flags = Readonly<Record<string, unknown>>;

const runtimeNames: readonly RuntimeName[] = ["ResourceContext", "atomicWriteFile", "atomicWriteFileSync"];

/** One transform over one file, for jscodeshift's runner: the new text, or undefined for "no change". */
export async function transformAlone(id: TransformId, file: File, flags: Flags): Promise<string | undefined> {
  const options = optionsFor(file, flags);
  const decided = decideSource(file, options);
  const plan =
    id === "imports" ? planFile({ ...decided, findings: [] }, options) : planAlone(id, decided, options);
  const rewritten =
    id === "imports" ? splice(file.source, loneImportEdits(decided)) : rewrite(plan, file.source);
  if (rewritten.text === file.source) return undefined;
  return finish({ id, file, options }, plan, rewritten);
}

interface Alone {
  readonly id: TransformId;
  readonly file: File;
  readonly options: Options;
}

async function finish({ id, file, options }: Alone, plan: FilePlan, rewritten: Rewritten): Promise<string> {
  const request = { path: path.resolve(file.path), before: file.source, rewritten, style: options.format };
  const { text } = await format(request);
  const replan = (source: string): FilePlan =>
    planAlone(id, decideSource({ ...file, source }, options), options);
  const checked = await check(
    { plan, before: file.source, rewritten, after: text },
    { verify: options.verify, replan },
  );
  if (!checked.ok) throw new Error(`${file.path}: ${checked.error}`);
  return text;
}

function decideSource(file: File, options: Options): DecidedFile {
  const decider = new Decider(options, noNeighbours);
  const relative = path.relative(options.root, path.resolve(file.path)).replaceAll(path.sep, "/");
  const decision = decider.decideSource({ path: relative, text: file.source });
  if (!decision.ok) throw new Error(`${file.path}: ${decision.stage}: ${decision.error}`);
  return decision.decided;
}

function planAlone(id: TransformId, decided: DecidedFile, options: Options): FilePlan {
  const plan = planFile(decided, options);
  return { ...plan, findings: plan.findings.filter((finding) => belongsTo(id, finding)) };
}

function belongsTo(id: TransformId, { decision }: Finding): boolean {
  if (decision.action === "leave") return false;
  if (id === "async-functions") return decision.fix.by === "scope" || decision.fix.by === "guard";
  return id === "class-cleanup" ? decision.fix.by === "class" : decision.transform === id;
}

/** Alone, the imports transform serves code that is already rewritten, by hand or by the other three. */
function loneImportEdits({ file, source, facts }: DecidedFile): readonly Edit[] {
  if (facts === null) return [];
  const wanted = freeNames(file, source, runtimeNames);
  const own = { ...facts.names, ...Object.fromEntries(wanted.map((name) => [name, name])) };
  const merged = mergeDuplicates(facts, source);
  return merged.length > 0
    ? merged
    : importEdits({ facts: { ...facts, names: own }, source, wanted, pipes: false, freed: [] });
}

function optionsFor(file: File, flags: Flags): Options {
  const cwd = path.resolve(".");
  const absolute = path.resolve(file.path);
  return {
    ...defaultOptions(absolute.startsWith(cwd + path.sep) ? cwd : path.dirname(absolute)),
    paths: [file.path],
    mode: "write",
    safety: oneOf<Level>(flags.safety, ["safe", "likely", "unsafe"], "safe"),
    strict: flags.strict === true,
    gitignore: false,
    includeTests: true,
    syntax: oneOf<Options["syntax"]>(flags.syntax, ["auto", "using", "try-finally"], "auto"),
    emit: oneOf<Options["emit"]>(flags.emit, ["adopt", "acquire"], "adopt"),
    runtime: typeof flags.runtime === "string" ? flags.runtime : "resource-context",
    contextName: typeof flags.contextName === "string" ? flags.contextName : "ctx",
    allow: { dirty: true, staged: true, noVcs: true },
    format: oneOf<Options["format"]>(flags.format, ["auto", "none", "prettier"], "auto"),
    install: false,
  };
}

function oneOf<Value extends string>(given: unknown, known: readonly Value[], fallback: Value): Value {
  return known.find((one) => one === given) ?? fallback;
}
