import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, symlinkSync, unlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { tsconfigOf } from "../../src/apply/verify/compiler.js";
import { newDiagnostics, readDiagnostics } from "../../src/apply/verify/diagnostics.js";
import { guiltyIn } from "../../src/apply/verify/search.js";
import { command, startCommand } from "../support/command.js";
import { git, put, repository } from "../support/project.js";

const top = join(import.meta.dirname, "../..");
const compilerOptions = {
  target: "es2022",
  module: "nodenext",
  strict: true,
  types: ["node"],
  skipLibCheck: true,
};
const tsconfig = (more: object = {}): string =>
  JSON.stringify({ compilerOptions: { ...compilerOptions, noEmit: true }, include: ["src"], ...more });
const save = (type: string): string =>
  `import { writeFileSync } from "node:fs";\n\nexport function save(path: string, data: ${type}): void {\n  writeFileSync(path, data);\n}\n`;
/** A runtime of an older version, say: it takes text only. */
const narrow = {
  "node_modules/resource-context/package.json": `{ "name": "resource-context", "version": "0.0.1", "type": "module", "exports": "./index.js" }`,
  "node_modules/resource-context/index.js": `import { writeFileSync } from "node:fs";\nexport const atomicWriteFileSync = writeFileSync;\n`,
  "node_modules/resource-context/index.d.ts": `export declare function atomicWriteFileSync(path: string, data: string): void;\n`,
};

function typed(files: Readonly<Record<string, string>>): string {
  const root = repository({
    ".gitignore": "node_modules\n",
    "package.json": `{ "name": "sample", "type": "module" }\n`,
    "tsconfig.json": tsconfig(),
    ...files,
  });
  put(root, narrow);
  for (const name of ["typescript", "@types", "undici-types"])
    if (existsSync(join(top, "node_modules", name)))
      symlinkSync(join(top, "node_modules", name), join(root, "node_modules", name));
  return root;
}

/** The compiler of the project, started by a script that writes down with what. */
function counted(root: string): string {
  unlinkSync(join(root, "node_modules/typescript"));
  const real = join(top, "node_modules/typescript/lib/tsc.js");
  put(root, {
    "node_modules/typescript/bin/tsc": `require("node:fs").appendFileSync(${JSON.stringify(join(root, "node_modules/runs"))}, process.argv.slice(2, 4).join(" ") + "\\n");\nrequire(${JSON.stringify(real)});\n`,
  });
  return root;
}

/** What it was started with, in any order; paths as in the project. */
function runsIn(root: string): readonly string[] {
  const lines = readFileSync(join(root, "node_modules/runs"), "utf8").trim().split("\n");
  return lines.map((line) => line.replace(/ \S*resource-codemod-[^/]+\//, " ")).sort();
}

interface Shown {
  readonly files: readonly {
    readonly path: string;
    readonly status: string;
    readonly findings: readonly {
      readonly reason?: string;
      readonly message: string;
      readonly line: number;
    }[];
  }[];
}

/** File -> its findings that were taken back. */
function takenBack(stdout: string): Readonly<Record<string, readonly string[]>> {
  const report: Shown = JSON.parse(stdout);
  return Object.fromEntries(
    report.files.flatMap(({ path, findings }) => {
      const failed = findings.filter(({ reason }) => reason === "failed-verification");
      return failed.length === 0
        ? []
        : [[path, failed.map(({ line, message }) => `${String(line)}: ${message}`)]];
    }),
  );
}

const leftovers = (): readonly string[] =>
  readdirSync(tmpdir()).filter((name) => name.startsWith("resource-codemod-"));

describe("--verify types", () => {
  test("takes back the site that brings a new diagnostic, and no other", () => {
    const root = typed({
      "src/text.ts": save("string"),
      "src/both.ts": `${save("Uint8Array")}export function note(path: string): void {\n  writeFileSync(path, "note");\n}\n`,
    });
    const { status, stdout, stderr } = command(root, "--write", "--reporter", "json");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const failed = takenBack(stdout);
    expect(Object.keys(failed)).toEqual(["src/both.ts"]);
    expect(failed["src/both.ts"]).toEqual([
      expect.stringMatching(/^4: The compiler then says: .* error TS2345/),
    ]);
    expect(readFileSync(join(root, "src/both.ts"), "utf8")).toContain('atomicWriteFileSync(path, "note")');
    expect(readFileSync(join(root, "src/both.ts"), "utf8")).toContain("  writeFileSync(path, data)");
    expect(readFileSync(join(root, "src/text.ts"), "utf8")).toContain("atomicWriteFileSync(path, data)");
  });

  test("what was wrong before does not count, wherever its line has moved", () => {
    const root = typed({ "src/text.ts": `${save("string")}export const port: number = "8080";\n` });
    const { status, stdout } = command(root, "--write", "--reporter", "json");
    expect({ status, failed: takenBack(stdout) }).toEqual({ status: 0, failed: {} });
    expect(git(root, "status", "--porcelain")).toContain("src/text.ts");
  });

  test("follows references, and writes neither into the project nor into its outputs", () => {
    const composite = { ...compilerOptions, composite: true, outDir: "dist", rootDir: "src" };
    const root = typed({
      "tsconfig.json": JSON.stringify({ files: [], references: [{ path: "lib" }, { path: "app" }] }),
      "lib/tsconfig.json": JSON.stringify({ compilerOptions: composite, include: ["src"] }),
      "lib/src/save.ts": save("Uint8Array"),
      "app/tsconfig.json": JSON.stringify({
        compilerOptions: composite,
        include: ["src"],
        references: [{ path: "../lib" }],
      }),
      "app/src/use.ts": `import { save } from "../../lib/src/save.js";\n${save("string").replace("function save", "function note")}save("port", new Uint8Array());\n`,
    });
    const { status, stdout } = command(root, "--verify", "types", "--reporter", "json", "--dry");
    expect(status).toBe(0);
    expect(Object.keys(takenBack(stdout))).toEqual(["lib/src/save.ts"]);
    expect(git(root, "status", "--porcelain", "--ignored")).toBe("!! node_modules/\n");
  });

  test("finds whose change it is when the diagnostic stands elsewhere", () => {
    const one = `import { writeFileSync } from "node:fs";\n\nexport const keep = (path: string) => writeFileSync(path, "port");\n`;
    const near = `${one}export function note(path: string): void {\n  writeFileSync(path, "note");\n  const nothing: void = keep(path);\n  return nothing;\n}\n`;
    const root = typed({
      "src/keep.ts": one,
      "src/near.ts": near,
      "src/other.ts": one,
      "src/use.ts": `import { keep } from "./keep.js";\nexport const nothing: void = keep("port");\n`,
    });
    put(root, {
      "node_modules/resource-context/index.d.ts": `export declare function atomicWriteFileSync(path: string, data: string): number;\n`,
    });
    const failed = takenBack(command(root, "--write", "--reporter", "json").stdout);
    expect(failed).toEqual({
      "src/keep.ts": [expect.stringMatching(/^3: .*src\/use\.ts\(2\): error TS2322/)],
      "src/near.ts": [expect.stringMatching(/^3: .*src\/near\.ts\(\d\): error TS2322/)],
    });
    expect(readFileSync(join(root, "src/near.ts"), "utf8")).toContain('atomicWriteFileSync(path, "note")');
  });

  test("compiles once where nothing is said, and each project once where one builds the other", () => {
    const root = counted(
      typed({
        "tsconfig.json": tsconfig({ include: undefined }),
        "src/save.ts": save("string"),
        "lib/tsconfig.json": tsconfig({ compilerOptions: { ...compilerOptions, composite: true } }),
        "lib/src/save.ts": save("string"),
        "app/tsconfig.json": tsconfig({ references: [{ path: "../lib" }] }),
        "app/src/save.ts": save("string"),
        "scripts/save.js": `import { writeFileSync } from "node:fs";\nwriteFileSync("port.txt", "80");\n`,
      }),
    );
    const { status, stdout } = command(root, "--write", "--verify", "types");
    expect({ status, runs: runsIn(root) }).toEqual({
      status: 0,
      runs: ["-b app/tsconfig.json", "-p .checked.tsconfig.json"],
    });
    expect(stdout).toContain("types checked with app/tsconfig.json, tsconfig.json");
    expect(stdout).toContain("types not checked in scripts/save.js: the tsconfig has no `allowJs`");
  });

  test("a tsconfig for all that lies below does not judge the files of another", () => {
    const root = typed({
      "tsconfig.json": JSON.stringify({ compilerOptions }),
      "src/save.ts": `${save("string")}export const port: number = "8080";\n`,
      "lib/tsconfig.json": tsconfig({ compilerOptions: { ...compilerOptions, lib: ["es2022", "dom"] } }),
      "lib/src/save.ts": `${save("string")}export const title = document.title;\n`,
    });
    put(root, {
      "node_modules/resource-context/index.d.ts": `export declare function atomicWriteFileSync(path: string, data: "80"): void;\n`,
    });
    const failed = takenBack(command(root, "--write", "--reporter", "json").stdout);
    expect(Object.values(failed).flat()).toEqual([
      expect.stringMatching(/lib\/src\/save\.ts\(4\): error TS2345/),
      expect.stringMatching(/ src\/save\.ts\(4\): error TS2345/),
    ]);
  });

  test("a compiler that cannot check is no success", () => {
    const root = typed({
      "tsconfig.json": `{ "compilerOptions": { "target": "es1999" } }`,
      "src/text.ts": save("string"),
    });
    const { status, stderr } = command(root, "--write", "--verify", "types");
    expect(status).toBe(2);
    expect(stderr).toContain("TS6046");
    expect(git(root, "status", "--porcelain")).toBe("");
    expect(command(root, "--write").stdout).toContain("types not checked with tsconfig.json: TS6046");
  });

  test("needs a compiler, and a word that is nearly one is no command", () => {
    const root = repository({ "package.json": "{}", "src/text.ts": save("string") });
    expect(command(root, "--verify", "types")).toMatchObject({ status: 2 });
    expect(command(root, "--verify", "typs").stderr).toContain("types");
  });
});

describe("--verify <command>", () => {
  const files = Object.fromEntries(
    ["a", "b", "c", "d", "e"].map((name) => [`src/${name}.ts`, save("string")]),
  );
  const isPlain = (name: string): string => `! grep -q atomicWriteFileSync src/${name}.ts`;

  test("takes back what makes it fail, file by file, and keeps the rest", () => {
    const root = typed({ ...files, "tsconfig.json": "{}" });
    const check = `echo looked; ${isPlain("b")} && ${isPlain("e")}`;
    const { status, stdout, stderr } = command(root, "--write", "--verify", check, "--reporter", "json");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const failed = takenBack(stdout);
    expect(Object.keys(failed)).toEqual(["src/b.ts", "src/e.ts"]);
    expect(failed["src/b.ts"]?.[0]).toContain("looked\n(exit code 1)");
    expect(git(root, "status", "--porcelain").match(/src\/\w/g)).toEqual(["src/a", "src/c", "src/d"]);
    expect(command(root, "--undo").status).toBe(0);
    expect(git(root, "status", "--porcelain")).toBe("");
  });

  test.each([
    ["fails before", "echo broken; exit 3", "fails before anything is changed"],
    ["changes the files", "echo >> src/a.ts", "changed files that are to be written"],
    ["changes others", "echo >> tsconfig.json", "tsconfig.json"],
    ["hangs", "sleep 60", "not finished after 1 s"],
  ])("a command that %s: exit 2, nothing is written", (_, check, said) => {
    const root = typed({ ...files, "tsconfig.json": "{}" });
    const { status, stderr } = command(root, "--write", "--verify", check, "--verify-timeout", "1");
    expect(status).toBe(2);
    expect(stderr).toContain(said);
    expect(readFileSync(join(root, "src/b.ts"), "utf8")).toBe(save("string"));
  });

  test("one that fails whatever is taken back: everything is restored", () => {
    const root = typed({ ...files, "tsconfig.json": "{}" });
    const once = `test ! -e node_modules/ran; s=$?; touch node_modules/ran; exit $s`;
    const { status, stderr } = command(root, "--write", "--verify", once);
    expect(status).toBe(2);
    expect(stderr).toContain("even without the changes");
    expect(git(root, "status", "--porcelain")).toBe("");
  });

  test("an interrupt ends the command, restores and exits with 130", async () => {
    const root = typed({ ...files, "tsconfig.json": "{}" });
    const check = `if grep -q atomic src/a.ts; then touch node_modules/ready; sleep 60; fi`;
    const child = startCommand(root, "--write", "--verify", check);
    while (!existsSync(join(root, "node_modules/ready")) && child.exitCode === null) await setTimeout(20);
    expect(git(root, "status", "--porcelain")).not.toBe("");
    child.kill("SIGINT");
    const [code] = await once(child, "close");
    expect(code).toBe(130);
    expect(git(root, "status", "--porcelain")).toBe("");
    expect(command(root, "--undo=list").stdout).toContain("No run");
  });

  test("without the runtime it is not run at all", () => {
    const root = repository({ "package.json": `{ "name": "sample" }`, ...files });
    expect(command(root, "--write", "--verify", "true").stderr).toContain("npm install resource-context");
    expect(command(root, "--dry", "--verify", "true").stdout).toContain("`true` is run by --write only");
  });
});

test("a tsconfig that others only build upon is nobody's own", () => {
  const root = repository({
    "tsconfig.json": `{ "extends": ["./tsconfig.base"], "include": ["src"] }`,
    "tsconfig.base.json": `{ "compilerOptions": { "strict": true } }`,
    "tsconfig.tools.json": `{\n  // the tools\n  "extends": "./tsconfig.base.json",\n  "include": ["tools"]\n}`,
  });
  const own = (file: string): string | null => tsconfigOf(join(root, file), root);
  expect(["src/run.ts", "tools/run.ts", "docs/run.ts"].map(own)).toEqual(
    ["tsconfig.json", "tsconfig.tools.json", "tsconfig.json"].map((name) => join(root, name)),
  );
});

test("an interrupted type check leaves no copy behind", async () => {
  const root = typed({ "src/text.ts": save("string") });
  const before = leftovers();
  const child = startCommand(root, "--write");
  while (leftovers().length === before.length && child.exitCode === null) await setTimeout(5);
  await setTimeout(200);
  child.kill("SIGINT");
  await once(child, "close");
  expect(child.signalCode ?? child.exitCode).not.toBe(0);
  expect(git(root, "status", "--porcelain")).toBe("");
  expect(leftovers()).toEqual(before);
});

describe("diagnostics", () => {
  const output =
    "a.ts(2,1): error TS2304: Cannot find name 'x'.\na.ts(9,1): error TS2345: Wrong.\n  Because.\nFound 2 errors.\n";

  test("are read with their further lines", () => {
    expect(readDiagnostics(output).map(({ line, code, message }) => [line, code, message])).toEqual([
      [2, "TS2304", "Cannot find name 'x'."],
      [9, "TS2345", "Wrong. Because."],
    ]);
  });

  test("a second one with the same text is new, and it is the one on the new line that is named", () => {
    const before = readDiagnostics("a.ts(1,1): error TS1: Same.\n");
    const after = readDiagnostics("a.ts(1,1): error TS1: Same.\na.ts(2,1): error TS1: Same.\n");
    const texts = { before: "x();\n", after: "y();\nx();\n" };
    expect(newDiagnostics(before, after, () => texts).map(({ line }) => line)).toEqual([1]);
  });
});

test("the search finds every guilty change, and asks seldom", async () => {
  const sites = Array.from({ length: 64 }, (_, i) => ({
    file: `f${String(i >> 2)}`,
    fingerprint: String(i),
    line: i,
    endLine: i,
  }));
  const guilty = sites.filter((_, i) => i === 3 || i === 40 || i === 41);
  let asked = 0;
  const found = await guiltyIn({ base: [], suspects: sites, output: "all" }, (kept) => {
    asked++;
    const bad = kept.find((site) => guilty.includes(site));
    return Promise.resolve(bad ? { ok: false, output: bad.fingerprint } : { ok: true });
  });
  expect([...found.keys()]).toEqual(guilty);
  expect(asked).toBeLessThan(30);
});
