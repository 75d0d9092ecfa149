import type { Leak, Step } from "../../types.js";

/**
 * Where the obligation to release stands: not there yet, there, there but nobody can reach it any more,
 * discharged, or somebody else's.
 */
export type Status = "unborn" | "live" | "lost" | "done" | "moved";

/** The steps that led here, newest first. */
type Trail = { readonly step: Step; readonly before: Trail } | null;

/** All executions that agree on the status and on the flags that matter, with one witness. */
export interface Path {
  readonly status: Status;
  /** Values of boolean variables, such as `done` in `if (!done) child.kill()`. */
  readonly flags: ReadonlyMap<string, boolean>;
  readonly trail: Trail;
}

/** Every path that reaches a point of the program; empty when none does. */
export type State = ReadonlyMap<string, Path>;

export const nowhere: State = new Map();

export function startWith(status: Status): State {
  return stateOf([{ status, flags: new Map(), trail: null }]);
}

export function stateOf(paths: Iterable<Path>): State {
  const state = new Map<string, Path>();
  for (const path of paths) {
    const key = keyOf(path);
    if (!state.has(key)) state.set(key, path);
  }
  return state;
}

function keyOf({ status, flags }: Path): string {
  const values = [...flags].sort(([a], [b]) => (a < b ? -1 : 1));
  return `${status} ${values.map(([name, value]) => `${name}=${value ? "1" : "0"}`).join(" ")}`;
}

export function join(...states: readonly State[]): State {
  const [first = nowhere, second, third] = states.filter((one) => one.size > 0);
  if (second === undefined) return first;
  return stateOf([first, second, ...(third === undefined ? [] : states)].flatMap((one) => [...one.values()]));
}

/** Whether the second state has no path that the first lacks. */
export function covers(known: State, more: State): boolean {
  return [...more.keys()].every((key) => known.has(key));
}

export function mapPaths(state: State, change: (path: Path) => Path | readonly Path[] | undefined): State {
  return stateOf(
    [...state.values()].flatMap((path) => {
      const next = change(path);
      return next === undefined ? [] : "status" in next ? [next] : [...next];
    }),
  );
}

/** Notes a step on the paths on which the resource is there: on the others nothing can leak. */
export function noted(state: State, step: Step): State {
  return mapPaths(state, (path) => (isLeft(path) ? { ...path, trail: { step, before: path.trail } } : path));
}

export function isLeft({ status }: Path): boolean {
  return status === "live" || status === "lost";
}

/** The steps of the first path that leaves the resource behind; undefined when none does. */
export function leakOf(state: State): Leak | undefined {
  const path = [...state.values()].find(isLeft);
  if (path === undefined) return undefined;
  const steps: Step[] = [];
  for (let trail = path.trail; trail !== null; trail = trail.before) steps.unshift(trail.step);
  return steps;
}

/** It is released on one way at least, and wherever it is left something has failed before, and was caught. */
export function isLeftByFailureAlone(state: State): boolean {
  const paths = [...state.values()];
  const left = paths.filter(isLeft);
  return paths.some(({ status }) => status === "done") && left.every(({ trail }) => hasFailed(trail));
}

function hasFailed(trail: Trail): boolean {
  if (trail === null) return false;
  return trail.step.does === "may throw" || trail.step.does === "throws" || hasFailed(trail.before);
}
