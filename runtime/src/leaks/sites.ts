import * as path from "node:path";
import { fileURLToPath } from "node:url";

/** Enough to get from a context or a handle through a few layers of libraries to the program. */
const DEPTH = 30;

/** A stack as text. Before it is formatted it holds every `this` on it, which would keep contexts alive. */
export type Trace = string;

/** The stack of this moment, from the caller of `below` on. It holds functions, files and lines, never an argument. */
export function takeTrace(below: (...args: never[]) => unknown = takeTrace): Trace {
  const trace = { stack: "" };
  const before = Error.stackTraceLimit;
  Error.stackTraceLimit = DEPTH;
  Error.captureStackTrace(trace, below);
  Error.stackTraceLimit = before;
  // A program may have replaced the way stacks are made, and give anything.
  return String(trace.stack);
}

/** One line of a stack. */
interface Frame {
  readonly name: string;
  readonly file: string;
  readonly position: string;
}

/** Where user code is in a stack: the first line outside of Node and this package, and of node_modules if any is. */
export function siteOf(trace: Trace | undefined): string | undefined {
  const frames = framesOf(trace).filter(({ file }) => !isNode(file) && !isOurs(file));
  const frame = frames.find(({ file }) => !isInstalled(file)) ?? frames[0];
  return frame === undefined ? undefined : format(frame);
}

/** Whether the program made something itself: not this package for it, and not some package on its own. */
export function isFromProgram(trace: Trace | undefined): boolean {
  const [nearest, ...others] = framesOf(trace).filter(({ file }) => !isNode(file));
  if (nearest === undefined || isOurs(nearest.file)) return false;
  return [nearest, ...others].some(({ file }) => !isOurs(file) && !isInstalled(file));
}

function framesOf(trace: Trace | undefined): readonly Frame[] {
  return (trace ?? "").split("\n").flatMap((line) => {
    const [, name = "", place = ""] = /^\s*at (?:(.*?) \()?(.*?)\)?$/.exec(line) ?? [];
    const [, file, position] = /^(.+?):(\d+:\d+)$/.exec(place.replace(/^async /, "")) ?? [];
    return file === undefined || position === undefined ? [] : [{ name, file: toPath(file), position }];
  });
}

const toPath = (file: string): string => (file.startsWith("file://") ? fileURLToPath(file) : file);
const isNode = (file: string): boolean => file.startsWith("node:") || !isAbsolute(file);
const isAbsolute = (file: string): boolean => path.isAbsolute(file) || /^[a-z-]+:\/\//.test(file);
const isInstalled = (file: string): boolean => /[\\/]node_modules[\\/]/.test(file);

let ours: string | undefined;

/** Both builds of this package; in a bundle, which has no folders of ours, nothing but a name tells our lines. */
function isOurs(file: string): boolean {
  ours ??= ourFolder();
  return ours !== "" && file.startsWith(ours);
}

function ourFolder(): string {
  const [own] = framesOf(new Error().stack);
  const [, folder = ""] =
    /^(.*[\\/](?:dist[\\/](?:esm|cjs)|src)[\\/])leaks[\\/]sites\.[jt]s$/.exec(own?.file ?? "") ?? [];
  return folder.replace(/(?:esm|cjs)[\\/]$/, "");
}

function format({ name, file, position }: Frame): string {
  const near = path.relative(process.cwd(), file);
  const place = `${near.startsWith("..") || file.includes("://") ? file : near}:${position}`;
  const isPlain = name === "" || name.includes("<anonymous>");
  return isPlain ? place : `${place} (${name.replace(/^async /, "")})`;
}
