import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { discover } from "../../src/discover/index.js";
import type { Skipped } from "../../src/types.js";
import { git, optionsFor, project, put, repository } from "../support/project.js";

const spawns = `import { spawn } from "node:child_process";\nspawn("ls");\n`;
const plain = `export const port = 8080;\n`;

const paths = (skipped: readonly Skipped[], reason: Skipped["reason"]): readonly string[] =>
  skipped.filter((entry) => entry.reason === reason).map((entry) => entry.path);

describe("what counts as a candidate", () => {
  test.each([
    ["named import", `import { spawn } from "child_process"; spawn("a")`],
    ["node: prefix", `import * as cp from 'node:child_process'; cp.fork("a")`],
    ["require", "const { writeFile } = require('fs'); writeFile(p, d, done)"],
    ["dynamic import in a template", "const fs = await import(`fs/promises`); await fs.writeFile(p, d)"],
    ["graceful-fs", `import fs from "graceful-fs"; fs.writeFileSync(p, d)`],
    ["fs-extra", `import { outputJson } from "fs-extra"; await outputJson(p, d)`],
  ])("%s", async (_, text) => {
    const root = repository({ "src/run.ts": text });
    expect((await discover(optionsFor(root))).candidates).toEqual(["src/run.ts"]);
  });

  test.each([
    ["no module", `import { spawn } from "./process.js"; spawn("a")`],
    ["no acquiring name", `import { readFile } from "node:fs"`],
    ["a longer word", `import { readFile } from "node:fs"; respawned()`],
    ["a module of a similar name", `import { spawn } from "not-child_process"`],
  ])("not: %s", async (_, text) => {
    const root = repository({ "src/run.ts": text });
    const found = await discover(optionsFor(root));
    expect(found.candidates).toEqual([]);
    expect(found.files).toEqual(["src/run.ts"]);
  });

  test("every extension, sorted, and nothing else", async () => {
    const names = ["a.cjs", "b.cts", "c.js", "d.jsx", "e.mjs", "f.mts", "g.ts", "h.tsx", "p.svelte", "q.vue"];
    const other = ["i.json", "j.d.ts", "k.d.mts", "l.d.cts", "m.css.d.ts", "n.astro", "o.mtsx"];
    const root = repository(
      Object.fromEntries(
        [...other, ...names].map((name) => [
          name,
          /\.(vue|svelte)$/.test(name) ? `<script>${spawns}</script>` : spawns,
        ]),
      ),
    );
    const found = await discover(optionsFor(root));
    expect(found.candidates).toEqual(names);
    expect(paths(found.skipped, "declaration")).toEqual(
      ["j.d.ts", "k.d.mts", "l.d.cts"].concat("m.css.d.ts"),
    );
  });
});

describe("what git knows", () => {
  test("ignored files are not looked at, tracked ones are, even if a rule ignores them", async () => {
    const root = repository({ "kept.ts": spawns, "tracked.ts": spawns });
    put(root, { ".gitignore": "*.tmp.ts\ntracked.ts\n", "new.ts": spawns, "a.tmp.ts": spawns });
    expect((await discover(optionsFor(root))).candidates).toEqual(["kept.ts", "new.ts", "tracked.ts"]);
    const all = await discover(optionsFor(root, { gitignore: false }));
    expect(all.candidates).toEqual(["a.tmp.ts", "kept.ts", "new.ts", "tracked.ts"]);
  });

  test("deleted but tracked, in conflict, odd names", async () => {
    const root = repository({
      "gone.ts": spawns,
      "a b.ts": spawns,
      "grüße/naïve –.ts": spawns,
      'qu"ote\n.ts': spawns,
    });
    rmSync(join(root, "gone.ts"));
    const found = await discover(optionsFor(root));
    expect(found.candidates).toEqual(["a b.ts", "grüße/naïve –.ts", 'qu"ote\n.ts']);
    expect(found.failures).toEqual([]);
  });

  test("a file in conflict is looked at once", async () => {
    const root = repository({ "run.ts": spawns });
    git(root, "checkout", "-q", "-b", "other");
    put(root, { "run.ts": spawns + "// other\n" });
    git(root, "commit", "-qam", "other");
    git(root, "checkout", "-q", "main");
    put(root, { "run.ts": spawns + "// main\n" });
    git(root, "commit", "-qam", "main");
    expect(() => git(root, "merge", "other")).toThrow();
    expect((await discover(optionsFor(root))).candidates).toEqual(["run.ts"]);
  });

  test("submodules and nested clones are named and left, unless asked for", async () => {
    const library = repository({ "lib.ts": spawns });
    const root = repository({ "run.ts": spawns });
    git(root, "submodule", "add", "-q", library, "vendor/my lib");
    git(root, "clone", "-q", library, "clone");
    const found = await discover(optionsFor(root));
    expect(found.candidates).toEqual(["run.ts"]);
    expect([...paths(found.skipped, "repository")].sort()).toEqual(["clone", "vendor/my lib"]);
    const asked = await discover(optionsFor(root, { paths: ["vendor/my lib", "clone"] }));
    expect(asked.candidates).toEqual(["clone/lib.ts", "vendor/my lib/lib.ts"]);
    expect(paths(asked.skipped, "repository")).toEqual([]);
  });

  test("a linked worktree, and a root below the top of the repository", async () => {
    const main = repository({
      ".gitignore": "secret.ts\n",
      "packages/a/src/run.ts": spawns,
      "packages/b/run.ts": spawns,
    });
    const tree = project();
    git(main, "worktree", "add", "-q", join(tree, "w"));
    put(join(tree, "w"), { "packages/a/secret.ts": spawns });
    const found = await discover(optionsFor(join(tree, "w", "packages", "a")));
    expect(found.candidates).toEqual(["src/run.ts"]);
  });

  test("outside a repository, the repositories below are asked for their own files", async () => {
    const root = project({ "tools/run.ts": spawns, ".gitignore": "scratch/\n", "scratch/a.ts": spawns });
    put(root, { "one/run.ts": spawns });
    git(join(root, "one"), "init", "-q");
    put(root, { "one/.git/info/exclude": "private.ts\n", "one/private.ts": spawns });
    expect((await discover(optionsFor(root))).candidates).toEqual(["one/run.ts", "tools/run.ts"]);
  });

  test("a hostile core.fsmonitor is not run", async () => {
    const root = repository({ "run.ts": spawns });
    git(root, "config", "core.fsmonitor", `touch ${join(root, "pwned")} #`);
    await discover(optionsFor(root));
    expect((await discover(optionsFor(root, { paths: ["run.ts"] }))).candidates).toEqual(["run.ts"]);
    expect(() => writeFileSync(join(root, "pwned"), "", { flag: "wx" })).not.toThrow();
  });
});

describe("links", () => {
  test("are neither followed out of the root nor visited twice", async () => {
    const outside = project({ "far.ts": spawns });
    const root = repository({ "src/run.ts": spawns });
    symlinkSync(outside, join(root, "away"));
    symlinkSync(join(outside, "far.ts"), join(root, "far.ts"));
    symlinkSync("src", join(root, "again"));
    symlinkSync("run.ts", join(root, "src", "same.ts"));
    symlinkSync("nowhere.ts", join(root, "src", "dangling.ts"));
    for (const gitignore of [true, false])
      expect(await discover(optionsFor(root, { gitignore }))).toMatchObject({
        candidates: ["src/run.ts"],
        failures: [],
      });
  });

  test("a named link stands for what it points to", async () => {
    const root = repository({ "src/run.ts": spawns });
    symlinkSync("src", join(root, "again"));
    expect((await discover(optionsFor(root, { paths: ["again/run.ts"] }))).candidates).toEqual([
      "src/run.ts",
    ]);
  });
});

describe("what is passed over, and why", () => {
  test("a helper that loads the test runner is a test, wherever it lies", async () => {
    const helper = `import { vi } from "vitest";\n${spawns}`;
    const root = repository({ "src/run.ts": spawns, "src/test-utils.ts": helper });
    const found = await discover(optionsFor(root));
    expect(found.candidates).toEqual(["src/run.ts"]);
    expect(paths(found.skipped, "test")).toEqual(["src/test-utils.ts"]);
    const named = await discover(optionsFor(root, { paths: ["src/test-utils.ts"] }));
    expect(named.candidates).toEqual(["src/test-utils.ts"]);
    expect((await discover(optionsFor(root, { includeTests: true }))).candidates).toHaveLength(2);
  });

  test("dependencies and build output, one entry for each folder", async () => {
    const root = repository({
      "run.ts": spawns,
      "node_modules/a/index.js": spawns,
      "node_modules/b/index.js": spawns,
      "packages/x/node_modules/c/index.js": spawns,
      "dist/index.js": spawns,
      "dist/other.js": spawns,
      "src/dist/upload.ts": spawns,
      "build/release.js": spawns,
      "out/compiled-down.js": `"use strict";\nvar _a, _b;\nObject.defineProperty(exports, "__esModule", { value: true });\n${spawns}`,
      "out/compiled.js": `"use strict";\nObject.defineProperty(exports, "__esModule", { value: true });\n${spawns}`,
      "out/bundle.mjs": `${spawns}\n//# sourceMappingURL=bundle.mjs.map\n`,
      "lib/webpack.js": `/******/ (() => { // webpackBootstrap\n${spawns}`,
    });
    for (const gitignore of [true, false]) {
      const found = await discover(optionsFor(root, { gitignore }));
      expect(found.candidates).toEqual(["build/release.js", "run.ts", "src/dist/upload.ts"]);
      expect([...paths(found.skipped, "dependency")].sort()).toEqual([
        "node_modules",
        "packages/x/node_modules",
      ]);
      expect([...paths(found.skipped, "generated")].sort()).toEqual([
        "dist",
        "lib/webpack.js",
        "out/bundle.mjs",
        "out/compiled-down.js",
        "out/compiled.js",
      ]);
    }
  });

  test.each([
    ["// @generated by protoc-gen-ts\n", "generated"],
    ["/* eslint-disable */\n// This file is auto-generated. Changes are lost.\n", "generated"],
    ["/**\n * Code generated by tool v2. DO NOT EDIT.\n */\n", "generated"],
    ['import x from "x";\n// DO NOT EDIT\n', "generated"],
    ["#!/usr/bin/env node\n/* automatically generated from api.yaml */\n", "generated"],
    [`(()=>{${"var a=b(c);if(d){e=f(g)};".repeat(100)}})();\n`, "minified"],
    ["/* eslint-disable */\n", null],
    ["// Writes the auto-generated pages of the docs.\n", null],
    ['const banner = "// @generated, DO NOT EDIT";\n', null],
    ["const banner = `\n// DO NOT EDIT\n`;\n", null],
    [`const logo = "${"QUJD".repeat(5000)}";\n`, null],
  ])("%j", async (head, reason) => {
    const root = repository({ "run.js": head + spawns, "other.js": plain });
    const found = await discover(optionsFor(root));
    expect(found.skipped).toEqual(reason === null ? [] : [{ path: "run.js", reason }]);
    expect(found.candidates).toEqual(reason === null ? ["run.js"] : []);
  });

  const tests = [
    "a.test.ts",
    "b.spec.tsx",
    "__tests__/c.ts",
    "test/d.js",
    "tests/e.ts",
    "e2e/f.ts",
    "__mocks__/g.ts",
    "__fixtures__/h.ts",
    "fixtures/i.ts",
    "packages/x/test/j.ts",
    "vitest.setup.ts",
    "src/setupTests.js",
    "src/cache_spec.ts",
    "src/parse_test.js",
  ];
  test("tests, unless included or named", async () => {
    const root = repository({
      "src/latest/run.ts": spawns,
      ...Object.fromEntries(tests.map((file) => [file, spawns])),
    });
    const found = await discover(optionsFor(root));
    expect(found.candidates).toEqual(["src/latest/run.ts"]);
    expect(paths(found.skipped, "test")).toEqual([...tests].sort());
    const all = await discover(optionsFor(root, { includeTests: true }));
    expect(all.candidates).toEqual([...tests, "src/latest/run.ts"].sort());
    const named = await discover(optionsFor(root, { paths: ["test/d.js"] }));
    expect(named.candidates).toEqual(["test/d.js"]);
  });

  test("--ignore takes the lines of a .gitignore", async () => {
    const root = repository({ "a.ts": spawns, "legacy/b.ts": spawns, "src/c.gen.ts": spawns });
    const found = await discover(optionsFor(root, { ignore: ["legacy/", "*.gen.ts"] }));
    expect(found.candidates).toEqual(["a.ts"]);
    expect(paths(found.skipped, "ignored")).toEqual(["legacy/b.ts", "src/c.gen.ts"]);
  });
});

describe("tests that mock a catalogued module", () => {
  test.each([
    `vi.mock("node:fs/promises")`,
    `vi.spyOn(fs, "writeFile"); import fs from "fs"`,
    `jest.unstable_mockModule("child_process", () => ({}))`,
    `import mock from "mock-fs"`,
    `import { vol } from "memfs"`,
    `sinon.stub(require("child_process"), "spawn")`,
    `mock.module("node:fs", {})`,
    `const run = t.mock("../run", { fs: fake, "fs": fake })`,
    `proxyquire("../run", { "graceful-fs": fake })`,
  ])("%s", async (text) => {
    const root = repository({
      "src/run.ts": spawns,
      "test/run.test.ts": text,
      "test/plain.test.ts": `import "fs"`,
    });
    const found = await discover(optionsFor(root, { paths: ["src"] }));
    expect(found.mockingTests).toEqual(["test/run.test.ts"]);
    expect((await discover(optionsFor(root, { includeTests: true }))).mockingTests).toEqual([
      "test/run.test.ts",
    ]);
  });

  test("a file of the project: what its functions give may be a fake", async () => {
    const root = repository({ "src/run.ts": spawns, "test/run.test.ts": `vi.mock("../src/port")` });
    expect((await discover(optionsFor(root))).mockingTests).toEqual(["test/run.test.ts"]);
  });

  test("not: mocks of something else", async () => {
    const root = repository({ "src/run.ts": spawns, "test/run.test.ts": `vi.mock("offs")` });
    expect((await discover(optionsFor(root))).mockingTests).toEqual([]);
  });
});

describe("paths of the user", () => {
  const tree = { "src/a.ts": spawns, "src/deep/b.tsx": spawns, "lib/c.js": spawns, "pages/[id].ts": spawns };
  test.each([
    [["src"], ["src/a.ts", "src/deep/b.tsx"]],
    [
      ["src/", "./src/a.ts", "src"],
      ["src/a.ts", "src/deep/b.tsx"],
    ],
    [["src/**/*.tsx"], ["src/deep/b.tsx"]],
    [["./{src,lib}/*.{ts,js}"], ["lib/c.js", "src/a.ts"]],
    [["pages/[id].ts"], ["pages/[id].ts"]],
  ])("%j", async (given, expected) => {
    const root = repository(tree);
    expect((await discover(optionsFor(root, { paths: given }))).candidates).toEqual(expected);
    const absolute = given.map((path) => join(root, path));
    expect((await discover(optionsFor(root, { paths: absolute }))).candidates).toEqual(expected);
  });

  test.each([
    [["../elsewhere"], /outside the project|does not exist/],
    [["/"], /outside the project/],
    [["../*.ts"], /outside the project/],
    [["scr"], /"scr" does not exist[^]*Expected a file, a folder or a glob/],
    [["src", "lib/**/*.ts"], /glob "lib\/\*\*\/\*\.ts" matches no file/],
    [["docs"], /No file matched "docs"[^]*\.ts/],
    [["test"], /1 passed over: tests, which --include-tests includes/],
    [["ignored"], /--no-gitignore/],
  ])("%j is refused with advice", async (given, message) => {
    const root = repository({
      ...tree,
      "docs/x.md": "",
      "test/a.test.ts": spawns,
      ".gitignore": "ignored/\n",
    });
    put(root, { "ignored/x.ts": spawns });
    await expect(discover(optionsFor(root, { paths: given }))).rejects.toThrow(message);
    await expect(discover(optionsFor(root, { paths: given }))).rejects.toMatchObject({ name: "ConfigError" });
  });

  test("a named file is looked at although git ignores it", async () => {
    const root = repository({ ...tree, ".gitignore": "local.ts\n" });
    put(root, { "local.ts": spawns });
    expect((await discover(optionsFor(root, { paths: ["local.ts"] }))).candidates).toEqual(["local.ts"]);
  });
});

describe("files that cannot be read", () => {
  test("are failures, and the others are still looked at", async () => {
    const latin = Buffer.concat([Buffer.from(spawns), Buffer.from([0x2f, 0x2f, 0xe9, 0x0a])]);
    const wide = Buffer.from("\ufeff" + spawns, "utf16le");
    const root = repository({ "latin1.ts": latin, "utf16.ts": wide, "run.ts": spawns });
    const found = await discover(optionsFor(root));
    expect(found.candidates).toEqual(["run.ts"]);
    expect(found.failures.map((failure) => `${failure.file} ${failure.stage}: ${failure.error}`)).toEqual([
      "latin1.ts read: The file is not valid UTF-8.",
      "utf16.ts read: The file is not valid UTF-8.",
    ]);
  });

  test("a folder in place of a file is nothing to look at", async () => {
    const root = repository({ "a.ts": spawns, "b.ts": spawns });
    rmSync(join(root, "b.ts"));
    mkdirSync(join(root, "b.ts"));
    expect(await discover(optionsFor(root))).toMatchObject({ candidates: ["a.ts"], failures: [] });
  });

  test("large files and files of just the size of the buffer are read whole", async () => {
    const tail = (size: number): string => " ".repeat(size - spawns.length) + spawns;
    const sizes = [262_143, 262_144, 262_145, 3_000_000];
    const root = repository(Object.fromEntries(sizes.map((size) => [`${String(size)}.ts`, tail(size)])));
    expect((await discover(optionsFor(root))).candidates).toHaveLength(sizes.length);
  });
});
