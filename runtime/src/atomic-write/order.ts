import { removeQuietly, shared, type Lane } from "./shared.js";

/** A call's place among all calls: a payload never replaces that of a later call to the same file. */
export interface Turn {
  readonly number: number;
  readonly key: string;
  readonly lane: Lane;
}

/** Numbers a call at the moment it is made. `enter` or `forget` must follow. */
export function takeNumber(): number {
  const state = shared();
  state.resolving.add(++state.calls);
  return state.calls;
}

/** The call leads to nothing that has an order, or failed before that was known. */
export function forget(number: number): void {
  shared().resolving.delete(number);
  dropIdleLanes();
}

export function enter(number: number, key: string): Turn {
  shared().resolving.delete(number);
  const lane = laneOf(key);
  lane.users++;
  shared().idle.delete(key);
  return { number, key, lane };
}

export function leave({ lane, key }: Turn): void {
  lane.users--;
  if (lane.users === 0) shared().idle.add(key);
  dropIdleLanes();
}

/** The same turn with the newest number there is: its write comes after all that have been called so far. */
export function renewed(turn: Turn): Turn {
  return { ...turn, number: ++shared().calls };
}

/** Runs `commit` after every commit to the same file that asked earlier. */
export function inTurn<T>(lane: Lane, commit: () => Promise<T>): Promise<T> {
  const done = lane.tail.then(commit);
  const ended = (): void => undefined;
  lane.tail = done.then(ended, ended);
  return done;
}

/** Whether a later call has already been committed, so that this one would take the file back in time. */
export function isSuperseded({ lane, number }: Turn): boolean {
  return lane.committed > number;
}

export function markCommitted({ lane, number }: Turn): void {
  lane.committed = Math.max(lane.committed, number);
}

/** Whether any asynchronous write is under way that a synchronous one must be ordered with. */
export function isBusy(): boolean {
  const { lanes, resolving } = shared();
  return lanes.size > 0 || resolving.size > 0;
}

/** A synchronous call is the newest there is: an older rename in the thread pool must lose its temp. */
export function overtake(key: string): Turn {
  const lane = laneOf(key);
  // Either this unlink comes first and that rename fails, or that rename came first and ours follows it.
  if (lane.renaming !== undefined) removeQuietly(lane.renaming);
  if (lane.users === 0) shared().idle.add(key);
  return { number: ++shared().calls, key, lane };
}

function laneOf(key: string): Lane {
  const { lanes } = shared();
  const known = lanes.get(key);
  if (known) return known;
  const lane: Lane = {
    users: 0,
    committed: 0,
    renaming: undefined,
    tail: Promise.resolve(),
  };
  lanes.set(key, lane);
  return lane;
}

/** An idle lane is still needed by an older call that may yet resolve to it. */
function dropIdleLanes(): void {
  const { idle, lanes, resolving } = shared();
  const [oldest = Infinity] = resolving;
  for (const key of idle) {
    const lane = lanes.get(key);
    if (lane && lane.committed > oldest) return;
    lanes.delete(key);
    idle.delete(key);
  }
}
