#!/usr/bin/env node
import { resolve } from "node:path";
import { refuseUnwritable } from "./apply/index.js";
import { saveText } from "./apply/save.js";
import { ConfigError, RefusedError, toError } from "./errors.js";
import type { Target } from "./explain/target.js";
import { ownManifest } from "./manifest.js";
import { readCommand, type CliOptions, type Output } from "./options.js";
import { colorsFor, type Style } from "./reporters/style.js";
import { suggestedArguments } from "./reporters/suggest.js";
import { run } from "./run.js";
import type { Progress, ResourceModel, RunReport, Selected } from "./types.js";

type ExitCode = 0 | 1 | 2 | 129 | 130 | 143;

/** Ends the writing; the exit code is the one that shells give a program which the signal ended. */
class Interrupted extends Error {
  override readonly name = "Interrupted";
  constructor(readonly exitCode: ExitCode) {
    super("Interrupted. Every file is as it was before.");
  }
}

const argv = process.argv.slice(2);

async function main(): Promise<ExitCode> {
  const command = await readCommand(argv, process.cwd());
  if (command.command === "help") return print(command.text + "\n");
  if (command.command === "version") return print(ownManifest().version + "\n");
  if (command.command === "list-kinds") return printKinds(command.resources);
  if (command.command === "undo") return putBack(command.root, command.run);
  const { options } = command;
  if (options.explain !== null) return explainPlace(options, options.explain);
  const interrupt = new AbortController();
  const isAsking = options.ask === "each" || (options.ask === "once" && isTerminal());
  if (isAsking && !isTerminal()) throw new ConfigError(noTerminal);
  const work = (settings: CliOptions): Promise<RunReport> =>
    run({ ...settings, signal: interrupt.signal }, progressFor(settings, interrupt)).finally(clearLine);
  const report = await work(options);
  if (options.ask !== "each") await deliver(report, options);
  if (!isAsking) return report.exitCode;
  const select = await ask(report, options);
  if (select === null) return report.exitCode;
  const written = await work({ ...options, mode: "write", select });
  await deliver(written, options);
  return written.exitCode;
}

const noTerminal =
  "--interactive asks questions, and there is no terminal to ask.\nPass --dry to see the changes, --write to make them, or --reporter html=report.html and --select to review them.";

function isTerminal(): boolean {
  return process.stdin.isTTY && process.stdout.isTTY;
}

/** What is to be written, by the answers; null when it is nothing. */
async function ask(report: RunReport, options: CliOptions): Promise<Selected | null> {
  const changes = report.files.filter((file) => file.status === "changed");
  if (changes.length === 0) {
    if (options.ask === "each") await deliver(report, options);
    return null;
  }
  await refuseUnwritable(report, options);
  const { askEach, askOnce } = await import("./interactive/pick.js");
  const style = styleFor({ form: "pretty", file: null }, options);
  const interrupt = (): never => {
    throw new Interrupted(130);
  };
  const terminal = { input: process.stdin, output: process.stdout, interrupt };
  const select = await (options.ask === "each" ? askEach : askOnce)(report, style, terminal);
  if (select === null) print("Nothing was written.\n");
  return select;
}

async function putBack(root: string, name: string): Promise<0> {
  const { listRuns, undo } = await import("./apply/undo.js");
  if (name === "list") return print(await listRuns(root));
  const interrupt = new AbortController();
  restoreOnSignals(interrupt);
  const { id, files } = await undo(root, name, interrupt.signal);
  return print(`Undid the run ${id}:\n${files.map((file) => `  ${file}\n`).join("")}`);
}

function print(text: string): 0 {
  process.stdout.write(text);
  return 0;
}

async function printKinds(own: readonly ResourceModel[]): Promise<0> {
  const { catalogue } = await import("./catalogue/index.js");
  const { listKinds } = await import("./catalogue/listing.js");
  return print(listKinds([...catalogue, ...own]));
}

async function explainPlace(options: CliOptions, target: Target): Promise<0> {
  const { explain } = await import("./explain/index.js");
  const progress = progressFor(options, new AbortController());
  const explanation = await explain(options, target, progress).finally(clearLine);
  for (const output of options.outputs) {
    const text =
      output.form === "json"
        ? (await import("./reporters/explain-json.js")).explainJson(explanation)
        : (await import("./reporters/explain.js")).explainPretty(explanation, styleFor(output, options));
    if (output.file !== null) saveText(resolve(options.root, output.file), text);
    else print(text);
  }
  return 0;
}

async function deliver(report: RunReport, options: CliOptions): Promise<void> {
  for (const output of options.outputs) {
    if (output.file !== null)
      saveText(resolve(options.root, output.file), await rendered(report, output, options));
    else if (output.form !== "pretty" || options.verbosity !== "quiet")
      print(await rendered(report, output, options));
  }
  const isTold = options.outputs.some((output) => output.file === null && output.form === "pretty");
  if (!isTold || options.verbosity === "quiet") tellFailures(report);
}

/** Each form is loaded when it is asked for: most runs need one. */
async function rendered(report: RunReport, output: Output, options: CliOptions): Promise<string> {
  if (output.form === "pretty")
    return (await import("./reporters/pretty.js")).pretty(report, styleFor(output, options));
  const reporter = await reporters[output.form]();
  return reporter(report);
}

const reporters: Readonly<
  Record<Exclude<Output["form"], "pretty">, () => Promise<(report: RunReport) => string>>
> = {
  patch: async () => (await import("./reporters/patch.js")).patch,
  diff: async () => (await import("./reporters/patch.js")).patch,
  json: async () => (await import("./reporters/json.js")).json,
  jsonl: async () => (await import("./reporters/jsonl.js")).jsonl,
  sarif: async () => (await import("./reporters/sarif.js")).sarif,
  github: async () => (await import("./reporters/github.js")).github,
  gitlab: async () => (await import("./reporters/gitlab.js")).gitlab,
  junit: async () => (await import("./reporters/junit.js")).junit,
  markdown: async () => (await import("./reporters/markdown.js")).markdown,
  html: async () => (await import("./reporters/html/index.js")).htmlPage,
};

function styleFor({ file }: Output, options: CliOptions): Style {
  return {
    colors: colorsFor(file === null && isColoured(options.color)),
    verbosity: options.verbosity === "verbose" ? "verbose" : "normal",
    timings: options.timings,
    command: suggestedArguments(argv),
  };
}

function tellFailures(report: RunReport): void {
  for (const file of report.files)
    if (file.status === "failed") tell(`${file.file} (${file.stage}): ${file.error}`);
}

function tell(message: string): void {
  process.stderr.write(`resource-codemod: ${message}\n`);
}

function isColoured(color: CliOptions["color"]): boolean {
  if (color !== "auto") return color === "always";
  const { NO_COLOR: no, FORCE_COLOR: force, TERM: terminal } = process.env;
  if (no !== undefined && no !== "") return false;
  if (force !== undefined && force !== "") return force !== "0";
  return process.stdout.isTTY && terminal !== "dumb";
}

/** One line that is written over, on a terminal; nothing elsewhere. */
function progressFor({ verbosity }: CliOptions, interrupt: AbortController): Progress {
  const isShown = process.stderr.isTTY && verbosity !== "quiet";
  let last = 0;
  return (stage, done, total) => {
    if (stage === "apply" && done === 0) restoreOnSignals(interrupt);
    if (!isShown || (performance.now() - last < 80 && done < total)) return;
    last = performance.now();
    process.stderr.write(`\r\u001b[K${stage} ${String(done)}/${String(total)}`);
  };
}

function clearLine(): void {
  if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
}

/** Until files are being written there is nothing to restore, and the signal may end us at once. */
function restoreOnSignals(interrupt: AbortController): void {
  const codes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;
  for (const signal of ["SIGHUP", "SIGINT", "SIGTERM"] as const)
    process.on(signal, () => interrupt.abort(new Interrupted(codes[signal])));
}

/** Whatever went wrong, nobody may take the answer for a good one. */
function fail(thrown: unknown): ExitCode {
  const error = toError(thrown);
  tell(error.message);
  const isExpected =
    error instanceof ConfigError || error instanceof RefusedError || error instanceof Interrupted;
  if (!isExpected && argv.includes("--verbose")) process.stderr.write(`${String(error.stack)}\n`);
  return error instanceof Interrupted ? error.exitCode : 2;
}

/** `| head` closes our output early: that is not an error. */
function ignoreClosedPipe(error: Error): void {
  if (!("code" in error) || error.code !== "EPIPE") process.exitCode = fail(error);
}

// A git hook sets these for its own repository; we ask about the folder we work in. Only what is staged is what that
// index says: `git commit -a` shows its hooks one that is not the index of the repository yet.
const index = process.env["GIT_INDEX_FILE"];
for (const name of ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR"])
  delete process.env[name];
if (index !== undefined && argv.includes("--staged")) process.env["GIT_INDEX_FILE"] = resolve(index);
process.stdout.on("error", ignoreClosedPipe);
process.stderr.on("error", ignoreClosedPipe);
process.on("uncaughtException", (thrown) => process.exit(fail(thrown)));
process.exitCode = await main().catch(fail);
