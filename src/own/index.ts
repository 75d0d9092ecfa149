import { readFileSync } from "node:fs";
import path from "node:path";
import { parseErrors } from "../analyse/parse.js";
import { grammarError, grammarOf } from "../check/grammar.js";
import { patchError, patchOf } from "../check/patch.js";
import { isComponent } from "../components.js";
import { toError } from "../errors.js";
import type { Discovery, FileOutcome, Options, Remark } from "../types.js";
import { coreFor, type Loaded, loadOwn } from "./load.js";

/** Transforms of the project itself, written for jscodeshift: they come after ours, in the order of the configuration. */

export interface OwnRequest {
  readonly outcomes: readonly FileOutcome[];
  readonly options: Options;
  readonly discovery: Pick<Discovery, "files" | "texts">;
}

export interface OwnResult {
  readonly outcomes: readonly FileOutcome[];
  readonly remarks: readonly Remark[];
}

/** Every file that was looked at, candidate or not. @throws ConfigError for a file that is no transform. */
export async function applyOwn({ outcomes, options, discovery }: OwnRequest): Promise<OwnResult> {
  const transforms: Loaded[] = [];
  for (const one of options.ownTransforms) transforms.push(await loadOwn(one));
  const known = new Map(outcomes.map((one) => [one.file, one]));
  const remarks: Remark[] = [];
  for (const file of discovery.files) {
    const outcome = known.get(file);
    if (outcome?.status === "failed" || isComponent(file)) continue;
    const before = outcome?.status === "changed" ? outcome.before : textOf(file, options, discovery);
    if (before === undefined) continue;
    const text = outcome?.status === "changed" ? outcome.after : before;
    const ground = { file: { file, root: options.root }, findings: outcome?.findings ?? [], remarks };
    const changed = await through(transforms, text, ground);
    if ("error" in changed)
      known.set(file, { status: "failed", file, findings: ground.findings, ...changed });
    else if (changed.text !== text)
      known.set(file, { status: "changed", file, findings: ground.findings, before, after: changed.text });
  }
  return { outcomes: [...known.values()], remarks };
}

/** Undefined for a file that is not UTF-8 or gone: none of a transform's business. */
function textOf(file: string, { root }: Options, { texts }: OwnRequest["discovery"]): string | undefined {
  const staged = texts.get(file);
  if (staged !== undefined) return staged;
  try {
    const bytes = readFileSync(path.join(root, file));
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

interface Ground {
  readonly file: { readonly file: string; readonly root: string };
  readonly findings: FileOutcome["findings"];
  /** Filled as the transforms go. */
  readonly remarks: Remark[];
}

type Changed = { readonly text: string } | { readonly stage: "rewrite" | "check"; readonly error: string };

/** One transform after the other; the first that fails takes the whole file back. */
async function through(transforms: readonly Loaded[], source: string, ground: Ground): Promise<Changed> {
  let text = source;
  for (const transform of transforms) {
    const result = await resultOf(transform, text, ground);
    if (typeof result !== "string") return result;
    const error = result === text ? null : errorIn(ground.file.file, text, result);
    if (error !== null) return { stage: "check", error: `${transform.name}: ${error}` };
    if (result !== text) await askAgain(transform, result, ground);
    text = result;
  }
  return { text };
}

/** What must hold for code that somebody else's transform writes: which tokens it drops is its own business. */
function errorIn(file: string, before: string, after: string): string | null {
  const parse = parseErrors(file, before).length > 0 ? undefined : parseErrors(file, after)[0];
  const error = parse ?? grammarError(file, before, after);
  if (error !== null) return `The result does not parse: ${error}`;
  return patchError(patchOf(file, before, after), before, after);
}

/** A transform that goes on changing what it has made would change the code in each run. */
async function askAgain(transform: Loaded, result: string, ground: Ground): Promise<void> {
  const again = await resultOf(transform, result, ground);
  if (again === result) return;
  const what = typeof again === "string" ? "would change its own result again" : "fails on its own result";
  ground.remarks.push({ file: ground.file.file, line: 1, message: `${transform.name} ${what}.` });
}

async function resultOf(
  { name, run, parser }: Loaded,
  source: string,
  { file: { file, root }, remarks }: Ground,
): Promise<string | Exclude<Changed, { readonly text: string }>> {
  const j = coreFor(parser ?? grammarOf(file, source));
  const report = (message: string): void =>
    void remarks.push({ file, line: 1, message: `${name}: ${message}` });
  try {
    const api = { j, jscodeshift: j, stats: () => undefined, report };
    const result = await run({ path: path.join(root, file), source }, api, {});
    // Nothing, or something that is no text, is jscodeshift's "no change".
    return typeof result === "string" && result !== "" ? result : source;
  } catch (thrown) {
    return { stage: "rewrite", error: `${name}: ${toError(thrown).message}` };
  }
}
