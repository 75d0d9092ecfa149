import * as hooks from "node:async_hooks";
import { methodOf, read } from "../duck.js";
import type { OpenHandle } from "./report.js";
import { isFromProgram, siteOf, takeTrace, type Trace } from "./sites.js";

/** What Node calls its handles in asynchronous hooks, and what we call them. */
const HOOKED: Readonly<Record<string, string>> = {
  PROCESSWRAP: "process",
  TCPSERVERWRAP: "server",
  PIPESERVERWRAP: "server",
  TCPWRAP: "socket",
  UDPWRAP: "udp socket",
  PIPEWRAP: "pipe",
  FSEVENTWRAP: "watcher",
  STATWATCHER: "watcher",
  WORKER: "worker",
  FILEHANDLE: "file",
  Timeout: "timer",
};

/** A handle that was made while we looked. */
interface Made {
  /** Counts up. */
  readonly order: number;
  readonly kind: string;
  readonly handle: WeakRef<object>;
  readonly trace: Trace;
}

/**
 * Remembers where handles are made. Asynchronous hooks see every handle of Node, and make every promise a little
 * dearer; that is why they are used on request only.
 */
export class HandleWatch {
  readonly #made = new Map<number, Made>();
  readonly #hook: hooks.AsyncHook;
  #count = 0;

  constructor() {
    const callbacks = {
      init: this.#init,
      destroy: (id: number) => void this.#made.delete(id),
      // Newer Nodes can leave promises alone.
      trackPromises: false,
    };
    this.#hook = hooks.createHook(callbacks);
  }

  start(): void {
    this.#hook.enable();
  }

  stop(): void {
    this.#hook.disable();
    this.#made.clear();
  }

  /** How many handles were made so far. */
  get count(): number {
    return this.#count;
  }

  /** What is open and not among `held`, of what the program made after the first `after` handles. */
  open(held: ReadonlySet<unknown>, after: number): readonly OpenHandle[] {
    const open = [...this.#made.values()].filter(({ order, kind, handle, trace }) => {
      const value = handle.deref();
      if (order <= after || value === undefined || held.has(value) || !isOpen(value)) return false;
      // Files are opened outside of all JavaScript, so nobody knows who asked for them.
      return kind === "file" || isFromProgram(trace);
    });
    const found = open.map(({ kind, trace }) => ({ kind, site: siteOf(trace) }));
    const children = new Set(found.filter(({ kind }) => kind === "process").map(({ site }) => site));
    // The pipes of a child go with it.
    return found.filter(({ kind, site }) => kind !== "pipe" || !children.has(site));
  }

  readonly #init = (...made: readonly [id: number, type: string, trigger: number, handle: object]): void => {
    const [id, type, , handle] = made;
    const kind = HOOKED[type];
    if (kind === undefined) return;
    this.#count += 1;
    const trace = takeTrace(this.#init);
    this.#made.set(id, { order: this.#count, kind, handle: new WeakRef(handle), trace });
  };
}

/** A handle keeps the process alive; a file does not, and has a number while it is open. */
function isOpen(handle: object): boolean {
  if (isClosing(handle) || isStandard(handle)) return false;
  const hasRef = methodOf(handle, "hasRef");
  if (hasRef !== undefined) return hasRef() === true;
  const descriptor = read(handle, "fd");
  return typeof descriptor !== "number" || descriptor >= 0;
}

/** Standard streams belong to the process; the first line that prints makes them, when they are pipes. */
function isStandard(handle: object): boolean {
  const descriptor = read(handle, "fd");
  return typeof descriptor === "number" && descriptor >= 0 && descriptor <= 2;
}

/** A handle that is being closed is listed for a moment longer, but its owner has let go of it. */
function isClosing(handle: object): boolean {
  const owner = underSymbol(handle, "owner_symbol");
  return read(owner, "_handle") === null;
}

/** The classes of Node's handles. */
const CLASSES: Readonly<Record<string, string>> = {
  Process: "process",
  TCP: "socket",
  FSEvent: "watcher",
  StatWatcher: "watcher",
};

/** What keeps the process alive beside what is held, without asynchronous hooks: kinds, no sites. */
export function activeHandles(held: readonly unknown[]): readonly OpenHandle[] {
  const list: unknown = methodOf(process, "_getActiveHandles")?.();
  const owners = Array.isArray(list) ? list.filter((owner) => !held.includes(owner)) : [];
  const timers = process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
  const kinds = [
    ...owners.flatMap((owner: unknown) => kindOf(owner) ?? []),
    ...new Array<string>(Math.max(0, timers - held.filter(isTimer).length)).fill("timer"),
  ];
  return kinds.map((kind) => ({ kind, site: undefined }));
}

const isTimer = (value: unknown): boolean =>
  nameOf(value) === "Timeout" && methodOf(value, "hasRef")?.() === true;

/** What kind of handle an owner has. Pipes are left out: those of children and standard streams would be listed too. */
function kindOf(owner: unknown): string | undefined {
  const kind = CLASSES[nameOf(read(owner, "_handle"))];
  return kind === "socket" && typeof read(owner, "listening") === "boolean" ? "server" : kind;
}

const nameOf = (value: unknown): string => String(read(read(value, "constructor"), "name"));

/** The handles of Node behind a value: itself, the one it wraps, and those of a child's pipes. */
export function handlesOf(value: unknown): readonly unknown[] {
  const pipes = read(value, "stdio");
  const owners = [value, ...(Array.isArray(pipes) ? pipes : [])];
  // Files and workers keep theirs under a symbol of their own.
  const handles = owners.flatMap((owner) => [owner, read(owner, "_handle"), underSymbol(owner, "kHandle")]);
  return handles.flatMap((handle) => [handle, read(handle, "_parent")]);
}

function underSymbol(owner: unknown, name: string): unknown {
  if (owner === null || typeof owner !== "object") return undefined;
  const key = Object.getOwnPropertySymbols(owner).find((symbol) => symbol.description === name);
  return key === undefined ? undefined : read(owner, key);
}
