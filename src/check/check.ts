import { codeOf } from "../components.js";
import { parseErrors } from "../analyse/parse.js";
import type { Rewritten } from "../rewrite/rewrite.js";
import type { FilePlan, Options } from "../types.js";
import { grammarError } from "./grammar.js";
import { patchError, patchOf } from "./patch.js";
import { lostByFormat, lostBySplice } from "./tokens.js";

/** One file on its way to the disk. */
export interface Change {
  readonly plan: FilePlan;
  readonly before: string;
  /** The result of the splices, and the edits that made it. */
  readonly rewritten: Rewritten;
  /** The result as it would be written: spliced and formatted. */
  readonly after: string;
}

export interface CheckOptions {
  readonly verify: Options["verify"];
  /** Plans a text as if it stood in the file. */
  readonly replan: (source: string) => FilePlan | Promise<FilePlan>;
}

export type Checked =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly check: "parse" | "tokens" | "second-pass" | "patch";
      readonly error: string;
    };

/** What must hold before anything is written. Only `parse` can be switched off. */
export async function check(change: Change, options: CheckOptions): Promise<Checked> {
  const { plan, before, after } = change;
  if (after === before) return { ok: true };
  const parse = options.verify === "none" ? null : parseError(plan.file, before, after);
  if (parse !== null) return { ok: false, check: "parse", error: `The result does not parse: ${parse}` };
  const tokens = tokenError(change);
  if (tokens !== null) return { ok: false, check: "tokens", error: tokens };
  const again = await options.replan(after);
  if (again.findings.length > 0) return { ok: false, check: "second-pass", error: secondPassError(again) };
  const patch = patchError(patchOf(plan.file, before, after), before, after);
  return patch === null ? { ok: true } : { ok: false, check: "patch", error: patch };
}

function parseError(file: string, before: string, after: string): string | null {
  return parseErrors(file, after)[0] ?? grammarError(file, before, after);
}

function tokenError({ plan, before, rewritten, after }: Change): string | null {
  if (codeOf(plan.file, before).around !== codeOf(plan.file, after).around)
    return "Something outside of the script blocks changed.";
  return lostBySplice(plan.file, before, rewritten) ?? lostByFormat(plan.file, rewritten.text, after);
}

function secondPassError({ findings }: FilePlan): string {
  const sites = findings.map(({ acquisition }) => `${acquisition.api} on line ${acquisition.line}`);
  return `A second pass would change the result again: ${sites.join(", ")}.`;
}
