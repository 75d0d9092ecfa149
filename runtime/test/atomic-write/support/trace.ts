import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { expect } from "vitest";

export const hasStrace = (): boolean => spawnSync("strace", ["-V"]).status === 0;

const CALLS = "trace=openat,write,pwrite64,fsync,fdatasync,close,rename,renameat2";

/** Runs a program under Node, and says in which order it did what to the files in a folder. */
export function stepsIn(place: string, program: readonly string[]): readonly string[] {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "strace-"));
  try {
    const log = path.join(folder, "log");
    const call = ["-f", "-y", "-qq", "-e", CALLS, "-o", log, process.execPath, ...program];
    expect(spawnSync("strace", call, { encoding: "utf8" })).toMatchObject({ status: 0 });
    return wholeLines(fs.readFileSync(log, "utf8")).flatMap((line) => stepOf(line, place));
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** On a busy machine strace writes a call in two parts, with other threads' calls between them. */
function wholeLines(log: string): readonly string[] {
  const begun = new Map<string, string>();
  return log.split("\n").flatMap((line) => {
    const [thread = ""] = line.split(" ");
    const [, start] = /^(.*)<unfinished \.\.\.>$/.exec(line) ?? [];
    if (start !== undefined) begun.set(thread, start);
    const [, end] = /<\.\.\. \w+ resumed>(.*)$/.exec(line) ?? [];
    return start !== undefined ? [] : [end === undefined ? line : `${begun.get(thread)}${end}`];
  });
}

function stepOf(line: string, place: string): readonly string[] {
  if (!line.includes(place) || !/= \d+/.test(line) || line.includes("O_DIRECTORY")) return [];
  if (line.includes("openat(")) return [/O_CREAT\|O_EXCL/.test(line) ? "open temp" : "open directory"];
  const [, name = ""] = /\b(write|fsync|close|rename)\(/.exec(line) ?? [];
  return name === "" ? [] : [name];
}
