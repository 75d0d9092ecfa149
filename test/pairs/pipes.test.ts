import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runPipeline, textAfter, writePackage } from "../support/pipeline.js";
import { optionsFor, put } from "../support/project.js";

/** A transfer through pipes that comes through once and breaks off once, as it was and as it is rewritten. */
const forms: Readonly<Record<string, { readonly becomes: "scope" | "pipeline"; readonly copy: string }>> = {
  "streams around the promise": {
    becomes: "scope",
    copy: `async function copy(open, file) {
  const target = fs.createWriteStream(file);
  const source = open();
  await new Promise((resolve, reject) => {
    source.on("error", reject);
    target.on("error", reject).on("close", resolve);
    source.pipe(target);
  });
}`,
  },
  "the file last": {
    becomes: "pipeline",
    copy: `async function copy(open, file) {
  const source = open();
  const target = fs.createWriteStream(file);
  await new Promise((resolve, reject) => {
    source.on("error", reject);
    target.on("error", (error) => reject(error)).on("close", () => resolve());
    source.pipe(target);
  });
}`,
  },
  "streams in the executor": {
    becomes: "pipeline",
    copy: `async function copy(open, file) {
  await new Promise((resolve, reject) => {
    const target = fs.createWriteStream(file).on("error", reject).on("finish", resolve);
    open().on("error", reject).pipe(new PassThrough()).on("error", reject).pipe(target);
  });
}`,
  },
  "a promise that is returned": {
    becomes: "pipeline",
    copy: `async function copy(open, file) {
  return begin(open, file);
}
function begin(open, file) {
  const source = open();
  const target = fs.createWriteStream(file);
  return new Promise((resolve, reject) => {
    source.on("error", reject).pipe(target).on("finish", resolve).on("error", reject);
  });
}`,
  },
  "a function that fills": {
    becomes: "scope",
    copy: `async function copy(open, file) {
  const target = fs.createWriteStream(file);
  await fill(open(), target);
}
async function fill(source, target) {
  await new Promise((resolve, reject) => {
    source.on("error", reject).pipe(target).on("close", resolve).on("error", reject);
  });
}`,
  },
};

/** Nobody listens to the source: that it broke off ended the whole program. */
const waiting: Readonly<Record<string, string>> = {
  "an event that is waited for": `async function copy(open, file) {
  const source = open();
  const target = fs.createWriteStream(file);
  source.pipe(target);
  await once(target, "finish");
}`,
  "the end that is waited for": `async function copy(open, file) {
  const packed = open().pipe(new PassThrough()).pipe(fs.createWriteStream(file));
  await finished(packed);
}`,
};

function programOf(copy: string): string {
  return `import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import { PassThrough, Readable } from "node:stream";
import { finished } from "node:stream/promises";
const folder = process.env.PAIR_FOLDER;

${copy}

const open = () => fs.readdirSync("/proc/self/fd").filter((fd) => {
  try { return fs.readlinkSync("/proc/self/fd/" + fd).startsWith(path.join(folder, "out-")); } catch { return false; }
}).length;
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
/** Fails when the first chunk has been written for long. */
function breaking() {
  let chunks = 0;
  return new Readable({
    read() {
      if (chunks++ === 0) this.push("first half,");
      else setTimeout(() => this.destroy(new Error("connection lost")), 30);
    },
  });
}
async function run(name, open) {
  const file = path.join(folder, "out-" + name);
  await copy(open, file).catch((error) => console.log(error.message));
  return fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "nothing";
}

console.log("success", await run("whole", () => Readable.from(["first half,", " second half"])));
await pause(20);
console.log("open", open());
console.log("failure", await run("half", breaking));
await pause(20);
console.log("open", open());
process.exit(0);
`;
}

const repository = join(import.meta.dirname, "../..");
const temporary = realpathSync(mkdtempSync(join(tmpdir(), "pipes-")));
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

function run(root: string, text: string): string {
  put(root, { "run.mjs": text });
  const folder = mkdtempSync(join(root, "files-"));
  const { stdout, stderr } = spawnSync(process.execPath, ["run.mjs"], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, PAIR_FOLDER: folder },
    timeout: 20_000,
  });
  return stdout + stderr;
}

const whole = "success first half, second half\nopen 0\n";
const outcomes = {
  // The partial file is removed.
  scope: `${whole}connection lost\nfailure nothing\nopen 0\n`,
  pipeline: `${whole}connection lost\nfailure first half,\nopen 0\n`,
};

interface Pair {
  readonly before: string;
  readonly after: string;
  readonly text: string;
}

async function pairOf(copy: string): Promise<Pair> {
  const root = mkdtempSync(join(temporary, "pair-"));
  const before = programOf(copy);
  writePackage(root, { "program.mjs": before }, { type: "module" });
  mkdirSync(join(root, "node_modules"));
  symlinkSync(join(repository, "runtime"), join(root, "node_modules/resource-context"));
  const options = optionsFor(root, { syntax: "try-finally", safety: "likely" });
  const [outcome] = await runPipeline({ options, files: ["program.mjs"], mockingTests: [] });
  if (outcome === undefined) throw new Error("nothing was found");
  const text = textAfter(outcome, before);
  return { before: run(root, before), after: run(root, text), text };
}

describe.skipIf(!existsSync("/proc/self/fd"))("a pipe that breaks off, before and after", () => {
  it.each(Object.entries(forms))(
    "%s",
    async (_title, { becomes, copy }) => {
      const { before, after, text } = await pairOf(copy);
      expect(before).toBe(`${whole}connection lost\nfailure first half,\nopen 1\n`);
      expect(text.includes("pipeline(")).toBe(becomes === "pipeline");
      expect(after).toBe(outcomes[becomes]);
    },
    60_000,
  );

  it.each(Object.entries(waiting))(
    "%s",
    async (_title, copy) => {
      const { before, after } = await pairOf(copy);
      expect(before).toMatch(/^success first half, second half\nopen 0\n[^]*throw er; [^]*connection lost/);
      expect(before).not.toContain("failure");
      expect(after).toBe(outcomes.pipeline);
    },
    60_000,
  );
});
