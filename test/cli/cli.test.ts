import { spawn, spawnSync, type SpawnSyncReturns } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { git, project, put, repository } from "../support/project.js";

const top = join(import.meta.dirname, "../..");
let build = "";

// Real processes run the real build: a folder of its own, so that nobody else's build is in the way.
beforeAll(() => {
  build = mkdtempSync(join(top, "node_modules", ".cli-test-"));
  chmodSync(build, 0o755);
  const tsc = join(top, "node_modules/typescript/bin/tsc");
  const compiled = spawnSync(
    process.execPath,
    [tsc, "-p", "tsconfig.build.json", "--outDir", join(build, "dist")],
    { cwd: top, encoding: "utf8" },
  );
  expect(compiled.stdout).toBe("");
  symlinkSync(join(top, "package.json"), join(build, "package.json"));
});
afterAll(() => rmSync(build, { recursive: true, force: true }));

const cli = (): string => join(build, "dist/src/cli.js");
const environment = { PATH: process.env["PATH"] ?? "", HOME: "/nonexistent" };

function run(
  root: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [cli(), ...args], {
    cwd: root,
    encoding: "utf8",
    env: { ...environment, ...env },
  });
}

const writer = `import { writeFileSync } from "node:fs";\n\nexport function save(path: string, text: string): void {\n  writeFileSync(path, text);\n}\n`;
const clean = `export const port = 8080;\n`;
const manifest = `{\n  "name": "sample",\n  "type": "module"\n}\n`;
const sample = (): string =>
  repository({ "package.json": manifest, "src/save.ts": writer, "src/port.ts": clean });

describe("exit codes", () => {
  test("0: a dry run with changes, off a terminal nothing is written", () => {
    const root = sample();
    const { status, stdout, stderr } = run(root, []);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain("+  atomicWriteFileSync(path, text);");
    expect(stdout).not.toContain("\u001b");
    expect(git(root, "status", "--porcelain")).toBe("");
    for (const flag of ["--dry", "-d", "-n", "--dry-run"])
      expect(run(root, ["src", flag]).stdout.replace(/Time.*\n[^]*/, "")).toBe(
        run(root, [flag, "src"]).stdout.replace(/Time.*\n[^]*/, ""),
      );
  });

  test("0: nothing to change", () => {
    expect(run(repository({ "port.ts": clean }), ["--check"])).toMatchObject({ status: 0, stderr: "" });
  });

  test("1: --check finds drift, until --write mended it", () => {
    const root = sample();
    const check = run(root, ["--check"]);
    expect(check).toMatchObject({ status: 1, stderr: "" });
    expect(check.stdout).toMatch(/^1 unmanaged resource in 1 file\n {2}src\/save\.ts:4:3 /);
    expect(git(root, "status", "--porcelain")).toBe("");
    expect(run(root, ["--write"])).toMatchObject({ status: 0, stderr: "" });
    expect(git(root, "status", "--porcelain")).toBe(" M package.json\n M src/save.ts\n");
    expect(JSON.parse(readFileSync(join(root, "package.json"), "utf8"))).toHaveProperty([
      "dependencies",
      "resource-context",
    ]);
    expect(run(root, ["--check"])).toMatchObject({ status: 0 });
    expect(run(root, ["--dry"]).stdout).toContain("Would change  0 sites in 0 files");
  });

  test.each([["--quiet"], ["--reporter", "json"], ["--patch"]])("are the same with %s %s", (...flags) => {
    const root = sample();
    expect(run(root, ["--check", ...flags]).status).toBe(1);
    put(root, { "src/bad.ts": writer + "function (" });
    expect(run(root, ["--check", ...flags]).status).toBe(2);
  });
});

describe("a baseline and comments", () => {
  test("a team adopts the check, and it says what is new", () => {
    const root = sample();
    expect(run(root, ["--update-baseline"])).toMatchObject({
      status: 0,
      stderr: "",
      stdout: expect.stringContaining("resource-codemod-baseline.txt accepts 1 site (1 added, 0 dropped)."),
    });
    expect(run(root, ["--check"])).toMatchObject({ status: 0 });
    put(root, { "src/new/log.ts": writer });
    const check = run(root, ["--check"]);
    expect(check).toMatchObject({ status: 1, stderr: "" });
    expect(check.stdout).toMatch(/^1 unmanaged resource in 1 file\n {2}src\/new\/log\.ts:4:3 /);
    expect(run(join(root, "src/new"), ["--check"])).toMatchObject({ status: 1 });
    expect(run(join(root, "src"), ["--check", "save.ts"])).toMatchObject({ status: 0 });
    expect(run(root, ["--write", "--allow-no-vcs", "--allow-dirty"])).toMatchObject({
      status: 0,
      stderr: "",
    });
    expect(run(root, ["--check"]).stdout).toMatch(
      /1 line of resource-codemod-baseline\.txt accepts a site that is gone/,
    );
    expect(run(root, ["--check", "--strict-baseline"])).toMatchObject({ status: 2 });
    expect(run(root, ["--prune-baseline"])).toMatchObject({ status: 0 });
    expect(run(root, ["--check", "--strict-baseline"])).toMatchObject({ status: 0 });
  });

  test("a suppressed site is counted, a comment without a reason is named", () => {
    const comment = "// resource-codemod-ignore-next-line file-write";
    const with_ = (line: string): string => writer.replace("  writeFileSync", `  ${line}\n  writeFileSync`);
    const root = repository({ "a.ts": with_(`${comment}: a cache`), "b.ts": with_(comment) });
    const { status, stdout } = run(root, ["--check"]);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^1 unmanaged resource in 1 file\n {2}b\.ts:5:3 /);
    expect(stdout).toMatch(/b\.ts:4 {2}It gives no reason/);
    expect(stdout).toContain("1 suppressed, 0 in baseline");
  });
});

describe("in a hook before a commit", () => {
  const hook = (root: string): void => {
    put(root, { ".git/hooks/pre-commit": `#!/bin/sh\n"${process.execPath}" "${cli()}" --check --staged\n` });
    chmodSync(join(root, ".git/hooks/pre-commit"), 0o755);
  };

  test.each([
    ["what was added", ["add", "src/port.ts"], ["commit", "-m", "x"]],
    ["all that is tracked", ["status"], ["commit", "-a", "-m", "x"]],
    ["one file by its name", ["status"], ["commit", "-m", "x", "--", "src/port.ts"]],
  ])("%s is looked at, and stops the commit", (_, prepare, commit) => {
    const root = repository({ "package.json": manifest, "src/port.ts": clean });
    hook(root);
    put(root, { "src/port.ts": writer });
    git(root, ...prepare);
    expect(() => git(root, ...commit)).toThrow(/1 unmanaged resource in 1 file/);
    put(root, { "src/port.ts": `${clean}export const log = 1;\n` });
    git(root, "add", "src/port.ts");
    git(root, ...commit);
    expect(git(root, "status", "--porcelain")).toBe("");
  });
});

describe("bad input: a clear error, exit 2, nothing on standard output, nothing written", () => {
  const cases: readonly (readonly [string, readonly string[], RegExp])[] = [
    ["unknown flag", ["--chek"], /^resource-codemod: Unknown flag --chek\. Did you mean --check\?/],
    ["contradictory modes", ["--check", "--write"], /contradict/],
    ["missing path", ["scr"], /"scr" does not exist/],
    ["path outside the project", ["/"], /outside the project/],
    ["glob without a match", ["src/**/*.vue.ts"], /matches no file/],
    ["no file matched", ["docs"], /No file matched "docs"/],
    ["dirty tree", ["--write", "dirty.ts"], /dirty\.ts has changes that are not committed[^]*--allow-dirty/],
    ["read-only file", ["--write", "fixed.ts"], /fixed\.ts: cannot be written/],
    ["baseline that is not there", ["--check", "--baseline=b.txt"], /no baseline [^]*--update-baseline/],
    ["baseline to make while writing", ["--write", "--update-baseline"], /contradict/],
    ["two ways to make a baseline", ["--prune-baseline", "--update-baseline"], /contradict/],
    ["staged files to write", ["--staged", "--write"], /contradict[^]*--write --changed/],
    ["two kinds of change", ["--staged", "--changed"], /contradict/],
    ["a ref that git does not know", ["--check", "--since", "mian"], /no commit "mian"/],
    ["report to nowhere", ["--patch=no/such/folder/x.patch"], /cannot be written/],
  ];
  test.each(cases)("%s", (_, args, message) => {
    const root = repository({
      "src/save.ts": writer,
      "docs/x.md": "",
      "dirty.ts": writer,
      "fixed.ts": writer,
    });
    put(root, { "dirty.ts": writer + "\n" });
    chmodSync(join(root, "fixed.ts"), 0o444);
    const before = git(root, "diff");
    const { status, stdout, stderr } = run(root, args);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(status).toBe(2);
    if (!args.some((arg) => arg.startsWith("--patch"))) expect(stdout).toBe("");
    expect(git(root, "diff")).toBe(before);
  });

  test("unreadable or malformed configuration", () => {
    const root = sample();
    put(root, { "resource-codemod.config.json": "{ nonsense" });
    expect(run(root, ["--check"])).toMatchObject({
      status: 2,
      stdout: "",
      stderr: expect.stringMatching(/is not valid JSON/),
    });
    put(root, { "resource-codemod.config.json": `{ "safty": "safe" }` });
    expect(run(root, ["--check"])).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/Did you mean safety\?/),
    });
  });

  test("outside a repository writing needs --allow-no-vcs", () => {
    const root = project({ "src/save.ts": writer });
    expect(run(root, ["--write"])).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/--allow-no-vcs/),
    });
    expect(readFileSync(join(root, "src/save.ts"), "utf8")).toBe(writer);
    expect(run(root, ["--write", "--allow-no-vcs", "--allow-dirty"]).status).toBe(0);
    expect(readFileSync(join(root, "src/save.ts"), "utf8")).not.toBe(writer);
  });

  test("a file that cannot be parsed is named, the others are processed", () => {
    const root = repository({ "src/save.ts": writer, "src/bad.ts": writer + "function (" });
    const { status, stdout } = run(root, ["--write"]);
    expect(status).toBe(2);
    expect(stdout).toMatch(/Could not be processed\n {2}src\/bad\.ts \(parse\): /);
    expect(git(root, "status", "--porcelain")).toBe(" M src/save.ts\n");
  });

  test("a file of Flow that cannot be read is passed over", () => {
    const flow = `// @flow\n${writer}const = ;\n`;
    const typed = `// flow-typed signature: 1f\n${writer}declare module.exports: ?(;\n`;
    const root = repository({ "src/save.ts": writer, "src/flow.js": flow, "flow-typed/npm/a.js": typed });
    const { status, stdout } = run(root, ["--dry", "--reporter", "json"]);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ files: [{ path: "src/save.ts" }] });
  });

  test.skipIf(process.getuid?.() !== 0)(
    "a file that cannot be read is named, the others are processed",
    () => {
      const root = repository({ "src/save.ts": writer, "src/secret.ts": writer });
      chmodSync(root, 0o755);
      chmodSync(join(root, "src/secret.ts"), 0o000);
      const script = `process.setgid(65534); process.setuid(65534); process.argv.splice(1, 1); await import(process.argv[1]);`;
      const args = ["--input-type=module", "-e", script, "drop", cli(), "--check"];
      const { status, stdout, stderr } = spawnSync(process.execPath, args, {
        cwd: root,
        encoding: "utf8",
        env: environment,
      });
      expect(`${stdout}${stderr}`).toMatch(/src\/secret\.ts \(read\): EACCES/);
      expect(stdout).toContain("src/save.ts:4:3");
      expect(status).toBe(2);
    },
  );
});

describe("--explain", () => {
  test("tells about one place and writes nothing; a run beside it is refused", () => {
    const root = sample();
    const { status, stdout, stderr } = run(root, ["--explain", "src/save.ts:4"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain("What would be written\n--- a/src/save.ts");
    expect(JSON.parse(run(root, ["--explain=src/save.ts:4", "--reporter", "json"]).stdout)).toMatchObject({
      mode: "explain",
      sites: [{ line: 4 }],
    });
    expect(run(root, ["--explain", "src/save.ts:4", "--write"])).toMatchObject({
      status: 2,
      stdout: "",
      stderr: expect.stringContaining("--explain and --write contradict each other"),
    });
    expect(run(root, ["--explain", "src/none.ts:4"])).toMatchObject({ status: 2, stdout: "" });
    expect(git(root, "status", "--porcelain")).toBe("");
  });
});

describe("output", () => {
  test("json on standard output is nothing but the report", () => {
    const { status, stdout } = run(sample(), ["--reporter", "json"]);
    const report: unknown = JSON.parse(stdout);
    expect(status).toBe(0);
    expect(report).toMatchObject({
      version: 1,
      mode: "dry",
      exitCode: 0,
      files: [{ path: "src/save.ts", status: "would-change" }],
    });
  });

  test("the patch applies, and what it makes has nothing left to change", () => {
    const root = sample();
    const { stdout } = run(root, ["--patch"]);
    const path = join(project({ "x.patch": stdout }), "x.patch");
    git(root, "apply", path);
    const byPatch = git(root, "diff");
    git(root, "checkout", "-q", ".");
    run(root, ["--write"]);
    expect(git(root, "diff")).toBe(byPatch);
    expect(run(root, ["--patch", "--allow-dirty"])).toMatchObject({ status: 0, stdout: "" });
  });

  test("reports go to files, relative to --cwd", () => {
    const root = sample();
    expect(run("/", ["--cwd", root, "--quiet", "--reporter=json=r.json", "--patch=p.patch"])).toMatchObject({
      status: 0,
      stdout: "",
      stderr: "",
    });
    expect(JSON.parse(readFileSync(join(root, "r.json"), "utf8"))).toMatchObject({ version: 1 });
    expect(readFileSync(join(root, "p.patch"), "utf8")).toMatch(/^--- a\/src\/save\.ts\n/);
  });

  test("colour: --color, FORCE_COLOR, NO_COLOR", () => {
    const root = sample();
    expect(run(root, ["--color"]).stdout).toContain("\u001b[32m");
    expect(run(root, [], { FORCE_COLOR: "1" }).stdout).toContain("\u001b[32m");
    expect(run(root, [], { FORCE_COLOR: "1", NO_COLOR: "1" }).stdout).not.toContain("\u001b");
    expect(run(root, ["--no-color"], { FORCE_COLOR: "1" }).stdout).not.toContain("\u001b");
  });

  test("quiet prints errors only", () => {
    const root = sample();
    expect(run(root, ["--quiet"])).toMatchObject({ status: 0, stdout: "", stderr: "" });
    put(root, { "src/bad.ts": writer + "function (" });
    expect(run(root, ["-q"])).toMatchObject({
      status: 2,
      stdout: "",
      stderr: expect.stringMatching(/src\/bad\.ts \(parse\)/),
    });
  });

  test("help and version", () => {
    expect(run("/", ["--help"])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("--allow-dirty"),
    });
    expect(run("/", ["--version"])).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    });
  });

  test("a reader that leaves early is no crash", () => {
    const root = repository(
      Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`src/${String(index)}.ts`, writer])),
    );
    const piped = spawnSync(
      "bash",
      ["-c", `"${process.execPath}" "${cli()}" | head -n 1; echo "code \${PIPESTATUS[0]}"`],
      {
        cwd: root,
        encoding: "utf8",
        env: environment,
      },
    );
    expect(piped.stderr).toBe("");
    expect(piped.stdout).toMatch(/code 0\n$/);
  });

  test("variables that a git hook sets do not mislead us", () => {
    const root = sample();
    const other = sample();
    const env = {
      GIT_DIR: join(other, ".git"),
      GIT_WORK_TREE: other,
      GIT_INDEX_FILE: join(other, ".git/index"),
    };
    put(other, { "src/save.ts": clean });
    expect(run(root, ["--write"], env)).toMatchObject({ status: 0 });
    expect(git(root, "status", "--porcelain")).toContain("src/save.ts");
  });
});

describe("signals", () => {
  test.each(["SIGINT", "SIGTERM"] as const)(
    "%s while writing: everything as before or everything written",
    async (signal) => {
      const files = Object.fromEntries(
        Array.from({ length: 150 }, (_, index) => [`src/${String(index)}.ts`, writer]),
      );
      const root = repository({ "package.json": manifest, ...files });
      const child = spawn(process.execPath, [cli(), "--write", "--format", "none"], {
        cwd: root,
        env: environment,
        stdio: "pipe",
      });
      let stderr = "";
      child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
      child.stdout.resume();
      const ended = once(child, "close");
      // The first staged file says that the writing has begun.
      const begun = (): boolean =>
        child.exitCode !== null || git(root, "status", "--porcelain").includes(".new");
      while (!begun()) await new Promise((resolve) => setTimeout(resolve, 1));
      child.kill(signal);
      const [code]: unknown[] = await ended;
      const codes: readonly unknown[] = [0, signal === "SIGINT" ? 130 : 143];
      expect(codes).toContain(code);
      const touched = git(root, "status", "--porcelain").split("\n").filter(Boolean);
      expect(touched).toHaveLength(code === 0 ? 151 : 0);
      if (code !== 0) expect(stderr).toContain("Every file is as it was before");
    },
  );
});

describe("resources that only the project knows", () => {
  const gates = `import { createServer } from "node:net";
let open = 0;
export const count = () => open;
export async function openGate() {
  const server = createServer().listen(0);
  let isOpen = true;
  open += 1;
  return { close() { if (!isOpen) throw new Error("closed twice"); isOpen = false; open -= 1; server.close(); } };
}
`;
  const serve = `import { openGate } from "parcel-gates";

export async function serve(run) {
  const gate = await openGate();
  await run();
  gate.close();
}
`;
  const main = `import { count } from "parcel-gates";
import { serve } from "./serve.js";
await serve(async () => undefined);
await serve(async () => { throw new Error("refused"); }).catch((error) => console.log(error.message));
console.log(count());
process.exit();
`;
  const config = `import { defineConfig, defineResource, type ResourceDefinition } from "resource-codemod";

const gate: ResourceDefinition = defineResource({
  kind: "server",
  acquire: { module: "parcel-gates", call: "openGate" },
  yields: "promise",
  release: [{ by: "method", name: "close" }],
});

export default defineConfig({ safety: "likely", resources: [gate] });
`;

  test.each([
    ["resource-codemod.config.ts", config],
    [
      "resource-codemod.config.mjs",
      config.replace(", type ResourceDefinition", "").replace(": ResourceDefinition", ""),
    ],
    [
      "resource-codemod.config.json",
      `{ "resources": [{ "acquire": { "module": "parcel-gates", "call": "openGate" }, "yields": "promise", "release": [{ "by": "method", "name": "close" }] }] }`,
    ],
  ])("%s: a real package is rewritten, and released when something fails", (name, text) => {
    const root = repository({
      "package.json": manifest,
      ".gitignore": "node_modules\n",
      "serve.js": serve,
      [name]: text,
    });
    put(root, {
      "main.mjs": main,
      "node_modules/parcel-gates/package.json": `{ "name": "parcel-gates", "type": "module", "exports": "./index.js" }`,
      "node_modules/parcel-gates/index.js": gates,
    });
    symlinkSync(join(top, "runtime"), join(root, "node_modules/resource-context"));
    const program = (): string =>
      spawnSync(process.execPath, ["main.mjs"], { cwd: root, encoding: "utf8" }).stdout;
    expect(program()).toBe("refused\n1\n");
    const written = run(root, ["--write", "--no-install"]);
    expect({ status: written.status, stderr: written.stderr }).toEqual({ status: 0, stderr: "" });
    expect(readFileSync(join(root, "serve.js"), "utf8")).toContain("ctx.disown(gate).close();");
    expect(program()).toBe("refused\n0\n");
    expect(run(root, ["--check"]).status).toBe(0);
  });

  test("a configuration that fails is named, with what it says", () => {
    const root = repository({
      "src/a.js": "",
      "resource-codemod.config.mjs": "throw new Error('no such gate');",
    });
    const { status, stderr: said } = run(root, []);
    expect(status).toBe(2);
    expect(said).toMatch(/resource-codemod\.config\.mjs cannot be loaded: no such gate/);
  });

  test("--list-kinds prints them with those of the catalogue", () => {
    const root = project({
      "resource-codemod.config.mjs": config.replace(/, type \w+|: ResourceDefinition/g, ""),
    });
    const { status, stdout } = run(root, ["--list-kinds"]);
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /^server {2}\(server, --transform servers\)\n(?: .*\n)* {2}node:net#createServer/m,
    );
    expect(stdout).toMatch(/^ {2}parcel-gates#openGate +released by x\.close\(\); ctx\.adopt/m);
  });
});

describe("transforms of the project", () => {
  /** As people write them: types of jscodeshift, a parser of its own, a printed tree. */
  const renaming = `import type { API, FileInfo } from "jscodeshift";
export const parser = "ts";
export default function transform(file: FileInfo, api: API): string | undefined {
  const j = api.jscodeshift;
  const root = j(file.source);
  const found = root.find(j.Identifier, { name: "port" });
  if (found.size() === 0) return undefined;
  found.forEach((path) => { path.node.name = "portNumber"; });
  return root.toSource();
}
`;
  const config = (...transforms: readonly string[]): string => JSON.stringify({ transforms });
  const withOwn = (transforms: Readonly<Record<string, string>>): string =>
    repository({
      "package.json": manifest,
      "src/save.ts": writer,
      "src/port.ts": clean,
      "resource-codemod.config.json": config(...Object.keys(transforms).map((name) => `./${name}`)),
      ...transforms,
    });

  test("run after ours over every file, and are written with them", () => {
    const root = withOwn({
      "codemods/our-own.ts": renaming,
      "codemods/second.cjs": `module.exports = (file) => file.source.replace("text: string", "content: string").replace("(path, text)", "(path, content)");`,
    });
    const dry = run(root, ["--dry"]);
    expect(dry).toMatchObject({ status: 0, stderr: "" });
    expect(dry.stdout).toContain("+export const portNumber = 8080;");
    expect(git(root, "status", "--porcelain")).toBe("");
    expect(run(root, ["--write", "src"])).toMatchObject({ status: 0, stderr: "" });
    expect(readFileSync(join(root, "src/port.ts"), "utf8")).toBe("export const portNumber = 8080;\n");
    const saved = readFileSync(join(root, "src/save.ts"), "utf8");
    expect(saved).toContain("content: string");
    expect(saved).toContain("atomicWriteFileSync(path, content)");
    expect(run(root, ["--dry", "src"]).stdout).toContain("Would change  0 sites in 0 files");
  });

  test("add no dependency, and a drift check does not ask them", () => {
    const root = repository({
      "package.json": manifest,
      "src/port.ts": clean,
      "rename.ts": renaming,
      "resource-codemod.config.json": config("./rename.ts"),
    });
    expect(run(root, ["--check"])).toMatchObject({ status: 0 });
    expect(run(root, ["--write", "src"])).toMatchObject({ status: 0 });
    expect(git(root, "status", "--porcelain")).toBe(" M src/port.ts\n");
  });

  test.each([
    ["throws", `throw new Error("no such port");`, "./own.cjs: no such port"],
    ["writes what does not parse", `return file.source + "}";`, "./own.cjs: The result does not parse"],
  ])("one that %s takes its file back, and is named", (_, body, message) => {
    const root = withOwn({
      "own.cjs": `module.exports = (file) => {\n  if (file.path.endsWith("save.ts")) { ${body} }\n};`,
    });
    const { status, stdout, stderr } = run(root, ["--write", "src"]);
    expect(status).toBe(2);
    expect(stdout + stderr).toContain(message);
    expect(readFileSync(join(root, "src/save.ts"), "utf8")).toBe(writer);
  });

  test("one that goes on changing its own result is reported", () => {
    const root = withOwn({ "own.cjs": `module.exports = (file) => "// again\\n" + file.source;` });
    const { status, stdout } = run(root, ["--dry", "src/port.ts"]);
    expect(status).toBe(0);
    expect(stdout).toContain("./own.cjs would change its own result again.");
  });

  test("one that is not there or is none ends with 2", () => {
    const lost = repository({ "src/port.ts": clean, "resource-codemod.config.json": config("./lost.ts") });
    expect(run(lost, []).stderr).toContain("transforms[0]: there is no file");
    const none = withOwn({ "own.cjs": `module.exports = { port: 8080 };` });
    expect(run(none, [])).toMatchObject({ status: 2 });
    expect(run(none, []).stderr).toContain("own.cjs is no jscodeshift transform");
  });
});
