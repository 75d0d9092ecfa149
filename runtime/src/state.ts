import type { Entry } from "./entry.js";
import { read } from "./duck.js";

// One per process, whichever copies of this package are loaded: ESM and CommonJS, bundled twice, or loaded again after
// a test reset the module registry.
const KEY = Symbol.for("resource-context/1");

/** Told of the children that must not outlive this process, however it dies. */
export interface Reaper {
  add(pid: number, start: string): void;
  remove(pid: number): void;
}

/** What all copies of this package share. */
export interface State {
  /** Process-bound entries of all open contexts, oldest first. */
  readonly held: Set<Entry>;
  root: RootContext | undefined;
  reaper: Reaper | undefined;
  isReaperOff: boolean;
  hasHandlers: boolean;
  /** Root holds code of the caller, which an uncaught error must wait for. */
  hasErrorHandler: boolean;
  /** A signal came and the asynchronous release is under way. */
  isStopping: boolean;
  hasDrained: boolean;
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
    root: undefined,
    reaper: undefined,
    isReaperOff: false,
    hasHandlers: false,
    hasErrorHandler: false,
    isStopping: false,
    hasDrained: false,
  };
  Object.defineProperty(globalThis, KEY, { value: state, configurable: true });
  return state;
}

/** Settings of the whole process. */
export interface Settings {
  /** Whether a small shell process ends our children when this process is killed. Default: true, except on Windows. */
  readonly reaper?: boolean;
}

/** Changes settings of the whole process; call it before the first child is adopted. */
export function configure(settings: Settings): void {
  if (settings.reaper !== undefined) sharedState().isReaperOff = !settings.reaper;
}
