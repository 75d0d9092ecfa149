import type { Outcome, Outcomes, Site } from "./execute.js";
import type { Program } from "./programs.js";

/**
 * What became of one cell. `fixed`: it leaked and no longer does; `clean`: it never leaked; `left`: it leaks and the
 * program was not rewritten; `still-leaks`: it leaks although the program was rewritten; `broken`: it leaks where it
 * did not before, or its caller sees something else than before.
 */
export type CellState = "fixed" | "clean" | "left" | "still-leaks" | "broken";

export interface Cell {
  readonly id: string;
  readonly program: Program;
  readonly state: CellState;
  readonly before: Outcome;
  readonly after: Outcome;
}

/** What falls short of one program: a miss is honest, a fault breaks somebody's program. */
export interface Judged {
  readonly program: Program;
  readonly sites: readonly Site[];
  readonly isRewritten: boolean;
  readonly cells: readonly Cell[];
  readonly misses: readonly (
    "not-found" | "verdict" | "not-rewritten" | "still-leaks" | "needless" | "changed"
  )[];
  readonly faults: readonly string[];
}

interface Evidence {
  readonly before: Outcomes;
  readonly after: Outcomes;
  readonly sites: ReadonlyMap<string, readonly Site[]>;
}

export function judge(program: Program, evidence: Evidence): Judged {
  const sites = program.files.flatMap(({ path }) => evidence.sites.get(path) ?? []);
  const isRewritten = sites.some(({ action, level }) => action === "rewrite" && level !== "unsafe");
  const cells = program.exits.map((exit) =>
    cellOf(`${program.id}#${exit}`, program, { ...evidence, isRewritten }),
  );
  const isLeaking = cells.some(({ before }) => before.leaks.length > 0);
  return {
    program,
    sites,
    isRewritten,
    cells,
    misses: missesOf({ program, sites, isRewritten, cells, isLeaking }),
    faults: isOnlyLikely(sites) ? [] : cells.filter(({ state }) => state === "broken").map(describeBroken),
  };
}

function cellOf(id: string, program: Program, evidence: Evidence & { readonly isRewritten: boolean }): Cell {
  const before = known(evidence.before, id);
  const after = known(evidence.after, id);
  return { id, program, before, after, state: stateOf(before, after, evidence.isRewritten) };
}

function known(outcomes: Outcomes, id: string): Outcome {
  const outcome = outcomes.get(id);
  if (outcome === undefined) throw new Error(`${id} has not been run: update the labels.`);
  return outcome;
}

function stateOf(before: Outcome, after: Outcome, isRewritten: boolean): CellState {
  const isSame = before.outcome === after.outcome && before.notes.join("\n") === after.notes.join("\n");
  if (!isSame || after.leaks.length > before.leaks.length) return "broken";
  if (before.leaks.length === 0) return "clean";
  if (after.leaks.length === 0) return "fixed";
  return isRewritten ? "still-leaks" : "left";
}

function describeBroken({ id, before, after }: Cell): string {
  return `${id}: ${JSON.stringify(before)} became ${JSON.stringify(after)}`;
}

/** What is only likely the same is not applied unless asked for: a change there is a miss, at `safe` it is a fault. */
function isOnlyLikely(sites: readonly Site[]): boolean {
  const rewrites = sites.filter(({ action }) => action === "rewrite");
  return rewrites.length > 0 && rewrites.every(({ level }) => level === "likely");
}

interface Case {
  readonly program: Program;
  readonly sites: readonly Site[];
  readonly isRewritten: boolean;
  readonly isLeaking: boolean;
  readonly cells: readonly Cell[];
}

function missesOf({ program, sites, isRewritten, isLeaking, cells }: Case): Judged["misses"] {
  const wanted = program.context.mustFix;
  const mustFix = wanted === "what-outlives" ? program.kind.outlives : wanted;
  if (sites.length === 0) return ["not-found"];
  const isLeft = isLeaking && mustFix && !isRewritten;
  const leaksOn = isRewritten && mustFix && cells.some(({ state }) => state === "still-leaks");
  return [
    ...(isRightVerdict(program, sites, isLeaking) ? [] : (["verdict"] as const)),
    ...(isLeft ? (["not-rewritten"] as const) : []),
    ...(isOnlyLikely(sites) && cells.some(({ state }) => state === "broken") ? (["changed"] as const) : []),
    ...(isRewritten && program.context.mustLeave ? (["needless"] as const) : []),
    ...(leaksOn ? (["still-leaks"] as const) : []),
  ];
}

/** Nobody has to do anything about these. */
const clean = ["held", "inert", "sunk", "daemon", "moved-out", "field", "container"];

function isRightVerdict({ context }: Program, sites: readonly Site[], isLeaking: boolean): boolean {
  const verdicts = sites.map(({ verdict }) => verdict);
  if (isLeaking) return verdicts.some((verdict) => context.verdicts.includes(verdict));
  return (
    verdicts.length > 0 && verdicts.every((one) => clean.includes(one) || context.verdicts.includes(one))
  );
}
