#!/usr/bin/env node
import { resolve } from "node:path";
import { fail, main } from "./commands/main.js";
import { Interrupted, type Session } from "./commands/session.js";

const argv = process.argv.slice(2);
let lastShown = 0;

const session: Session = {
  argv,
  folder: process.cwd(),
  terminal:
    process.stdin.isTTY && process.stdout.isTTY ? { input: process.stdin, output: process.stdout } : null,
  print: (text) => void process.stdout.write(text),
  tell: (message) => void process.stderr.write(`resource-codemod: ${message}\n`),
  isColoured: isColoured(),
  progress: (stage, done, total) => {
    if (!process.stderr.isTTY || (performance.now() - lastShown < 80 && done < total)) return;
    lastShown = performance.now();
    process.stderr.write(`\r\u001b[K${stage} ${String(done)}/${String(total)}`);
  },
  clearProgress: () => void (process.stderr.isTTY && process.stderr.write("\r\u001b[K")),
  holdSignals: (interrupt) => {
    const codes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;
    for (const signal of ["SIGHUP", "SIGINT", "SIGTERM"] as const)
      process.on(signal, () => interrupt.abort(new Interrupted(codes[signal])));
  },
};

function isColoured(): boolean {
  const { NO_COLOR: no, FORCE_COLOR: force, TERM: terminal } = process.env;
  if (no !== undefined && no !== "") return false;
  if (force !== undefined && force !== "") return force !== "0";
  return process.stdout.isTTY && terminal !== "dumb";
}

/** `| head` closes our output early: that is not an error. */
function ignoreClosedPipe(error: Error): void {
  if (!("code" in error) || error.code !== "EPIPE") process.exitCode = fail(error, session);
}

// A git hook sets these for its own repository; we ask about the folder we work in. Only what is staged is what that
// index says: `git commit -a` shows its hooks one that is not the index of the repository yet.
const index = process.env["GIT_INDEX_FILE"];
for (const name of ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR"])
  delete process.env[name];
if (index !== undefined && argv.includes("--staged")) process.env["GIT_INDEX_FILE"] = resolve(index);
process.stdout.on("error", ignoreClosedPipe);
process.stderr.on("error", ignoreClosedPipe);
process.on("uncaughtException", (thrown) => process.exit(fail(thrown, session)));
process.exitCode = await main(session);
