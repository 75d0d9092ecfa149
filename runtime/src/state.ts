import { Census } from "./census.js";
import { read } from "./duck.js";
import type { Entry } from "./entry.js";
import type { Tree } from "./process/tree.js";
import type { Settings } from "./settings.js";

// One per process, whichever copies of this package are loaded: ESM and CommonJS, bundled twice, or loaded again after
// a test reset the module registry.
const KEY = Symbol.for("resource-context/1");

/** Told of the children that must not outlive this process, however it dies. */
export interface Reaper {
  /** A child is about to be started; gives back the mark that its environment gets. */
  announce(): string;
  /** It was started, or it failed to. */
  settle(): void;
  add(pid: number, start: string): void;
  remove(pid: number): void;
}

/** Hears of every resource that a context takes and lets go of: one leak detector for the process. */
export interface Observer {
  /** May set {@link Entry.locate}. */
  acquired(entry: Entry): void;
  /** Released, handed back, or ended by itself; not called for what was abandoned and still is not gone. */
  released(entry: Entry): void;
}

/** What all copies of this package share. */
export interface State {
  /** Process-bound entries of all open contexts, oldest first. */
  readonly held: Set<Entry>;
  /** Handles by their owner, for a handle has one. */
  readonly owners: WeakMap<object, Entry>;
  readonly census: Census;
  /** What `configure` was given. */
  settings: Settings;
  root: RootContext | undefined;
  /** Contexts other than the root that hold something, oldest first; weakly, for a lost one is a leak and not ours. */
  readonly open: Set<WeakRef<OpenContext>>;
  reaper: Reaper | undefined;
  observer: Observer | undefined;
  hasHandlers: boolean;
  /** Children that lead a process group of their own, which keys of the terminal do not reach. */
  readonly leaders: Set<Tree>;
  /** Ctrl-Z is handed on to them. */
  hasJobControl: boolean;
  /** Some context holds code of the caller, which an uncaught error must wait for. */
  hasErrorHandler: boolean;
  /** A signal came and the asynchronous release is under way. */
  isStopping: boolean;
  hasDrained: boolean;
  /** When a child last ended by an interrupt that may have been meant for us as well, by the clock of `clock.ts`. */
  interruptedAt: number;
}

/** What the handlers need of any other context. */
export interface OpenContext {
  readonly size: number;
  releaseAndReport(): Promise<void>;
  releaseSync(): void;
}

/** What the handlers need of the root context. */
interface RootContext {
  readonly size: number;
  disposeAsync(): Promise<void>;
  dispose(): void;
}

const isState = (value: unknown): value is State => read(value, "held") instanceof Set;

/** The state of this process, made at the first use. */
export function sharedState(): State {
  const existing: unknown = Reflect.get(globalThis, KEY);
  if (isState(existing)) return existing;
  const state: State = {
    held: new Set(),
    owners: new WeakMap(),
    census: new Census(),
    settings: {},
    root: undefined,
    open: new Set(),
    reaper: undefined,
    observer: undefined,
    hasHandlers: false,
    leaders: new Set(),
    hasJobControl: false,
    hasErrorHandler: false,
    isStopping: false,
    hasDrained: false,
    interruptedAt: -Infinity,
  };
  Object.defineProperty(globalThis, KEY, { value: state, configurable: true });
  return state;
}
