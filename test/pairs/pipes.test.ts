import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runPipeline, textAfter, writePackage } from "../support/pipeline.js";
import { optionsFor, put } from "../support/project.js";

/** A transfer through pipes that comes through once and breaks off once, as it was and as it is rewritten. */
const forms: Readonly<Record<string, string>> = {
  "streams around the promise": `async function copy(open, file) {
  const target = fs.createWriteStream(file);
  const source = open();
  await new Promise((resolve, reject) => {
    source.on("error", reject);
    target.on("error", reject).on("close", resolve);
    source.pipe(target);
  });
}`,
  "streams in the executor": `async function copy(open, file) {
  await new Promise((resolve, reject) => {
    const target = fs.createWriteStream(file).on("error", reject).on("finish", resolve);
    open().on("error", reject).pipe(new PassThrough()).pipe(target);
  });
}`,
  "a function that fills": `async function copy(open, file) {
  const target = fs.createWriteStream(file);
  await fill(open(), target);
}
async function fill(source, target) {
  await new Promise((resolve, reject) => {
    source.on("error", reject).pipe(target).on("close", resolve).on("error", reject);
  });
}`,
};

function programOf(copy: string): string {
  return `import fs from "node:fs";
import path from "node:path";
import { PassThrough, Readable } from "node:stream";
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

describe.skipIf(!existsSync("/proc/self/fd"))("a pipe that breaks off, before and after", () => {
  it.each(Object.entries(forms))(
    "%s",
    async (_title, form) => {
      const root = mkdtempSync(join(temporary, "pair-"));
      const before = programOf(form);
      writePackage(root, { "program.mjs": before }, { type: "module" });
      mkdirSync(join(root, "node_modules"));
      symlinkSync(join(repository, "runtime"), join(root, "node_modules/resource-context"));
      const options = optionsFor(root, { syntax: "try-finally", safety: "likely" });
      const [outcome] = await runPipeline({ options, files: ["program.mjs"], mockingTests: [] });
      if (outcome === undefined) throw new Error("nothing was found");
      const whole = "success first half, second half\nopen 0\nconnection lost\n";
      expect(run(root, before)).toBe(`${whole}failure first half,\nopen 1\n`);
      expect(run(root, textAfter(outcome, before))).toBe(`${whole}failure nothing\nopen 0\n`);
    },
    60_000,
  );
});
