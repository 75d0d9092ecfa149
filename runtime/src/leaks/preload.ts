import * as fs from "node:fs";
import { read } from "../duck.js";
import { installHandlers } from "../handlers.js";
import { sharedState } from "../state.js";
import { enableLeakDetection, getLeakDetector } from "./detection.js";
import { formatLeakReport, type LeakReport } from "./report.js";

const NAME = "resource-context/leaks";
/** The file of this entry, for who preloads it by its path. */
const FILE = /[\\/]leaks[\\/]index\.js$/;
// As in handlers.ts: a listener of ours is not one of the host.
const OURS = Symbol.for("resource-context/listener");
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Looks from the start and says at the end what is open, when this module was loaded before the program
 * (`node --import resource-context/leaks`) or when RESOURCE_CONTEXT_LEAKS says so. Imported by a program, it does
 * nothing by itself.
 */
export function startWhenPreloaded(): void {
  const wish = process.env["RESOURCE_CONTEXT_LEAKS"] ?? "";
  if (wish === "0" || (wish === "" && !isPreloaded()) || getLeakDetector() !== undefined) return;
  if (!["", "1", "stacks"].includes(wish))
    process.emitWarning("RESOURCE_CONTEXT_LEAKS must be 0, 1 or stacks; it is taken for 1.");
  enableLeakDetection({ stacks: wish === "stacks" });
  const say = once(sayWhatIsOpen);
  process.on("exit", say);
  listen(say);
}

function isPreloaded(): boolean {
  const flags = [...process.execArgv, ...(process.env["NODE_OPTIONS"] ?? "").split(/\s+/)];
  return flags.some((flag) => {
    const value = flag.replace(/^--?[a-z-]+=/, "").replace(/^"|"$/g, "");
    return value === NAME || FILE.test(value);
  });
}

function once(action: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    action();
  };
}

/** A program that hangs is stopped by a signal, and a death by signal has no `exit` event. */
function listen(say: () => void): void {
  // They raise the signal again, and leave it to a program with listeners of its own.
  installHandlers(sharedState());
  for (const signal of SIGNALS) {
    const listener = (): void => {
      if (hasHost(signal)) return;
      // As long as anybody listens, the signal does not end the process when it is raised again.
      process.removeListener(signal, listener);
      say();
    };
    Reflect.set(listener, OURS, true);
    process.prependListener(signal, listener);
  }
}

/** Whether the program decides what this signal means; it may well go on. */
const hasHost = (signal: NodeJS.Signals): boolean =>
  process.listeners(signal).some((listener) => read(listener, OURS) !== true);

function sayWhatIsOpen(): void {
  const report = getLeakDetector()?.report();
  if (report === undefined) return;
  const text = formatLeakReport(withoutRoot(report));
  if (text === "") return;
  const hint =
    getLeakDetector()?.hasStacks === true ? "" : "RESOURCE_CONTEXT_LEAKS=stacks says where from.\n";
  try {
    fs.writeSync(2, `\nresource-context: still open when the process ended\n${text}\n${hint}`);
  } catch {
    return; // Nobody reads our error output any more.
  }
}

/** What belongs to the process is released when it ends; that is no leak. */
const withoutRoot = (report: LeakReport): LeakReport => ({
  ...report,
  resources: report.resources.filter(({ owner }) => owner !== "root"),
});
