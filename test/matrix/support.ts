import { EventEmitter } from "node:events";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";

export type Exit = "success" | "throw" | "reject" | "return" | "break" | "signal" | "exit";

interface Case {
  readonly folder: string;
  readonly port: number;
  readonly notes: string[];
  /** What is there besides handles of Node and files, and whether it is still open. */
  readonly open: { readonly what: string; readonly isOpen: () => boolean }[];
  readonly hang: () => Promise<void>;
}

declare global {
  var currentCase: () => Case;
}

export const folder = (): string => globalThis.currentCase().folder;
export const file = (name: string): string => join(folder(), name);
export const port = (): number => globalThis.currentCase().port;

/** More than fits on the disk of the `full` exit. */
export const content = (): string => "new settings\n".repeat(200_000);

export function note(text: string): void {
  globalThis.currentCase().notes.push(text);
}

export function check(exit: Exit): void {
  if (exit === "throw") throw new Error("check failed");
}

export async function step(exit: Exit): Promise<void> {
  await Promise.resolve();
  if (exit === "reject") throw new Error("step failed");
  if (exit === "signal" || exit === "exit") await globalThis.currentCase().hang();
}

/** How long a child takes: until the program has ended, or no time. */
export function seconds(exit: Exit): string {
  if (exit !== "signal" && exit !== "exit") return "0";
  void globalThis.currentCase().hang();
  return "600";
}

export async function invoke<T>(work: () => Promise<T>): Promise<T> {
  return await work();
}

function watch(what: string, isOpen: () => boolean): void {
  globalThis.currentCase().open.push({ what, isOpen });
}

/** A file that nobody else has locked. */
export function fresh(): string {
  const name = file(`parcel-${globalThis.currentCase().open.length}.txt`);
  watch("", () => false);
  copyFileSync(file("upload.txt"), name);
  return name;
}

/** What a line reader reads; it listens until it is closed. */
export function lines(): PassThrough {
  const input = new PassThrough();
  watch("line reader", () => input.listenerCount("end") > 0);
  return input;
}

/** Options of a terminal; the runner notes in its link handler that it was disposed of. */
export function screen() {
  const linkHandler = { activate: (): void => undefined, isDisposed: false };
  watch("terminal", () => !linkHandler.isDisposed);
  return { cols: 80, rows: 24, linkHandler };
}

/** A plugin of Rollup that knows whether its bundle is closed. */
export function bundling() {
  const state = { isOpen: false };
  watch("bundle", () => state.isOpen);
  return {
    name: "parcels",
    buildStart: () => void (state.isOpen = true),
    closeBundle: () => void (state.isOpen = false),
    resolveId: (id: string) => id,
    load: () => "",
  };
}

/** A plugin of esbuild that knows whether its context is disposed of. */
export function building() {
  const state = { isOpen: false };
  watch("build context", () => state.isOpen);
  return {
    name: "parcels",
    setup(build: { onDispose: (callback: () => void) => void }): void {
      state.isOpen = true;
      build.onDispose(() => (state.isOpen = false));
    },
  };
}

/** A class of the project that has a dispose symbol. */
export class Gate {
  isOpen = true;

  constructor() {
    watch("gate", () => this.isOpen);
  }

  close(): void {
    this.isOpen = false;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.close();
  }
}

/** What outlives the function that listens to it. */
export function bus(): EventEmitter {
  const emitter = new EventEmitter();
  watch("listener", () => emitter.listenerCount("data") > 0);
  return emitter;
}
