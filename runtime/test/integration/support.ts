import * as cp from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { newMark, program } from "../helpers.js";

/** A child that says when it runs. `mark` finds it, and its own children, in the process table. */
export interface Child {
  readonly child: cp.ChildProcess;
  readonly mark: string;
}

/** Starts a child of the given kind: `plain`, `stubborn` (ignores SIGTERM) or `family` (has a child of its own). */
export async function startChild(kind: "plain" | "stubborn" | "family" = "plain"): Promise<Child> {
  const mark = newMark();
  const command = [program("child.mjs"), mark, kind];
  const child = cp.spawn(process.execPath, command, { stdio: ["ignore", "pipe", "ignore"] });
  await once(child.stdout, "data");
  return { child, mark };
}

const folders: string[] = [];

/** A folder for one test; {@link removeFolders} belongs into `afterEach`. */
export function makeFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "integration-"));
  folders.push(folder);
  return folder;
}

export function removeFolders(): void {
  for (const folder of folders.splice(0)) fs.rmSync(folder, { recursive: true, force: true });
}

/** How many descriptors this process has. */
export const descriptors = (): number => fs.readdirSync("/proc/self/fd").length;

/** What a promise was rejected with, or undefined. */
export const rejection = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

/** Collects warnings while it is in scope. */
export function warnings() {
  const seen: Error[] = [];
  const listener = (warning: Error): void => void seen.push(warning);
  process.on("warning", listener);
  return { seen, [Symbol.dispose]: () => void process.removeListener("warning", listener) };
}
