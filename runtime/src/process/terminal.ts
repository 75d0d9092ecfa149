import * as fs from "node:fs";
import * as tty from "node:tty";

/** How this process and its terminal stand to each other. */
export interface Terminal {
  /** Keys like Ctrl-C and Ctrl-Z reach us, and all processes that share our group. */
  readonly isForeground: boolean;
}

/** The terminal that controls this process, or undefined when there is none. */
export function readTerminal(): Terminal | undefined {
  return process.platform === "linux" ? fromProc() : fromDescriptors();
}

function fromProc(): Terminal | undefined {
  const stat = readOwnStat();
  const [, , group, , device, foreground] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  if (device === undefined || device === "0") return undefined;
  return { isForeground: foreground === group };
}

function readOwnStat(): string {
  try {
    return fs.readFileSync("/proc/self/stat", "latin1");
  } catch {
    return ""; // No /proc here: as if there were no terminal.
  }
}

/** Nothing tells which group is in front; whoever gets a signal that keys make most likely is. */
function fromDescriptors(): Terminal | undefined {
  return [0, 1, 2].some((descriptor) => tty.isatty(descriptor)) ? { isForeground: true } : undefined;
}
