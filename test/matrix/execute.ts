import { spawn, spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { transform } from "esbuild";
import type { Exit } from "./contexts.js";
import { isEnd, type Program } from "./programs.js";

const here = path.dirname(fileURLToPath(import.meta.url));
const repository = path.resolve(here, "../..");

export interface Outcome {
  readonly leaks: readonly string[];
  /** What the caller got, and what the program noted; empty where the program ended with it. */
  readonly outcome: string;
  readonly notes: readonly string[];
}

/** Outcome of each cell by `program#exit`. */
export type Outcomes = ReadonlyMap<string, Outcome>;

export interface Site {
  readonly line: number;
  readonly verdict: string;
  readonly level: string;
  readonly action: "rewrite" | "leave";
  readonly reason?: string;
}

/** A folder with the programs as they were written, removed by `remove`. */
export class Workshop {
  readonly #root = mkdtempSync(path.join(tmpdir(), "matrix-"));

  constructor(private readonly programs: readonly Program[]) {
    for (const file of [...programs.flatMap(({ files }) => files), support()])
      this.#put(`source/${file.path}`, file.text);
    this.#put("source/package.json", JSON.stringify({ name: "matrix", type: "module" }));
    symlinkSync(path.join(repository, "node_modules"), path.join(this.#root, "node_modules"));
  }

  /** Runs the command over the programs and returns what it says about each file. */
  rewrite(syntax: "using" | "try-finally"): ReadonlyMap<string, readonly Site[]> {
    const args = [
      "--write",
      "--verify",
      "parse",
      "--safety",
      "likely",
      "--syntax",
      syntax,
      "--reporter",
      "json",
    ];
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [
        path.join(repository, "dist/src/cli.js"),
        ...args,
        "--allow-no-vcs",
        "--no-install",
        "--format",
        "none",
      ],
      { cwd: path.join(this.#root, "source"), encoding: "utf8", maxBuffer: 1e9 },
    );
    if (stdout === "") throw new Error(`No report: ${stderr}`);
    const { files }: { files: readonly { path: string; findings: readonly Site[] }[] } = JSON.parse(stdout);
    return new Map(files.map((file) => [file.path, file.findings]));
  }

  textOf(file: string): string {
    return readFileSync(path.join(this.#root, "source", file), "utf8");
  }

  /** Runs every cell of the programs as they stand in the folder now. */
  async run(): Promise<Outcomes> {
    const compiled = await this.#compile();
    try {
      const parts = [
        this.#runInside(compiled, "plenty"),
        this.#runInside(compiled, "full"),
        await this.#runEnded(compiled, "signal"),
        await this.#runEnded(compiled, "exit"),
      ];
      return new Map(parts.flatMap((part) => [...part]));
    } finally {
      rmSync(compiled, { recursive: true, force: true });
    }
  }

  remove(): void {
    rmSync(this.#root, { recursive: true, force: true });
  }

  #put(file: string, text: string): void {
    const target = path.join(this.#root, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text);
  }

  async #compile(): Promise<string> {
    const folder = mkdtempSync(path.join(this.#root, "run-"));
    for (const file of [...this.programs.flatMap(({ files }) => files), support()]) {
      const { code } = await transform(this.textOf(file.path), {
        loader: "ts",
        target: "node20",
        sourcefile: file.path,
      });
      this.#put(path.join(path.basename(folder), file.path.replace(/\.ts$/, ".js")), code);
    }
    this.#put(path.join(path.basename(folder), "package.json"), `{ "type": "module" }`);
    return folder;
  }

  /** A limit on the size of files does what a full disk does. */
  #runInside(compiled: string, disk: "plenty" | "full"): Outcomes {
    const { plan, scratch, results, ids } = this.#plan(
      compiled,
      (exit) => !isEnd(exit) && (exit === "full") === (disk === "full"),
    );
    if (ids.length === 0) return new Map();
    const limit = disk === "full" ? "ulimit -f 1024; " : "";
    const command = `${limit}exec "$0" "$@"`;
    const { stderr, status } = spawnSync(
      "bash",
      ["-c", command, process.execPath, path.join(here, "runner.mjs"), plan],
      {
        encoding: "utf8",
        maxBuffer: 1e9,
      },
    );
    endStrays(scratch);
    if (status !== 0) throw new Error(`The runner exited with ${status}: ${stderr}`);
    const outcomes: readonly (Outcome & { readonly id: string })[] = JSON.parse(
      readFileSync(results, "utf8"),
    );
    return new Map(outcomes.map(({ id, ...outcome }) => [id, outcome]));
  }

  /** All programs of one ending in one process, which then gets a signal or exits. */
  async #runEnded(compiled: string, exit: Exit): Promise<Outcomes> {
    const { plan, scratch, ids } = this.#plan(compiled, (one) => one === exit);
    if (ids.length === 0) return new Map();
    const child = spawn(process.execPath, [path.join(here, "runner.mjs"), plan], {
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    await new Promise((resolve, reject) => {
      child.once("message", resolve);
      child.once("exit", (code) => reject(new Error(`The runner exited with ${code} before it was ready.`)));
    });
    const ended = new Promise((resolve) => child.once("exit", resolve));
    if (exit === "signal") child.kill("SIGTERM");
    else child.send("exit");
    await ended;
    // What gets a signal at the last moment needs a moment to go.
    await new Promise((resolve) => setTimeout(resolve, 500));
    const left = survivors(scratch);
    endStrays(scratch);
    return new Map(ids.map((id) => [id, { leaks: left.get(id) ?? [], outcome: "", notes: [] }]));
  }

  #plan(compiled: string, isWanted: (exit: Exit) => boolean) {
    const scratch = mkdtempSync(path.join(this.#root, "scratch-"));
    const cells = this.programs.flatMap(({ id, kind, context, exits, files }) =>
      exits.filter(isWanted).map((exit) => ({
        id: `${id}#${exit}`,
        kind: kind.id,
        driver: context.driver,
        exit,
        module: files[0]?.path.replace(/\.ts$/, ".js"),
      })),
    );
    const plan = `${scratch}.json`;
    const results = `${scratch}.results.json`;
    writeFileSync(plan, JSON.stringify({ cells, scratch, programs: compiled, results }));
    return { plan, scratch, results, ids: cells.map(({ id }) => id) };
  }
}

function support() {
  return { path: "support.ts", text: readFileSync(path.join(here, "support.ts"), "utf8") };
}

/** What is left of each cell when its process is gone: children by their working folder, folders on the disk. */
function survivors(scratch: string): ReadonlyMap<string, readonly string[]> {
  const left = new Map<string, string[]>();
  const add = (cell: string, what: string): void => {
    const id = decodeURIComponent(cell);
    left.set(id, [...(left.get(id) ?? []), what].sort());
  };
  for (const { folder } of childrenBelow(scratch)) add(path.relative(scratch, folder), "child process");
  for (const cell of readdirSync(scratch))
    for (const name of readdirSync(path.join(scratch, cell)))
      if (name.startsWith("upload-")) add(cell, "temporary folder");
  return left;
}

function endStrays(scratch: string): void {
  for (const { pid } of childrenBelow(scratch)) process.kill(pid, "SIGKILL");
  rmSync(scratch, { recursive: true, force: true });
}

function childrenBelow(scratch: string): readonly { readonly pid: number; readonly folder: string }[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ pid: Number(name), folder: workingFolder(name) }))
    .filter(({ folder }) => folder.startsWith(scratch + path.sep));
}

/** Processes of others, and those that are just ending, do not tell. */
function workingFolder(pid: string): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch (error) {
    if (
      error instanceof Error &&
      "code" in error &&
      ["ENOENT", "EACCES", "EPERM"].includes(String(error.code))
    )
      return "";
    throw error;
  }
}
