import { join } from "node:path";

export type Exit = "success" | "throw" | "reject" | "return" | "break" | "signal" | "exit";

interface Case {
  readonly folder: string;
  readonly port: number;
  readonly notes: string[];
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
