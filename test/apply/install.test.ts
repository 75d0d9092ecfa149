import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { planInstalls } from "../../src/apply/install.js";
import { ownManifest } from "../../src/manifest.js";
import type { FileOutcome } from "../../src/types.js";
import { optionsFor, project } from "../support/project.js";
import { changed } from "../support/report.js";

const range = ownManifest().runtimeRange;
const code = `import { ResourceContext } from "resource-context";`;
const run = [changed("src/run.ts", "a", code)];

function manifestAfter(text: string): string | null {
  const root = project({ "package.json": text, "src/run.ts": "a" });
  const [install] = planInstalls(run, optionsFor(root));
  if (install) expect(install.before).toBe(text);
  return install?.after ?? null;
}

describe("the runtime goes into dependencies, and the rest of the text stays", () => {
  const r = `"resource-context": "${range}"`;
  test.each([
    [
      "in its place when sorted",
      `{\n  "name": "x",\n  "dependencies": {\n    "a": "1",\n    "z": "1"\n  }\n}\n`,
      `{\n  "name": "x",\n  "dependencies": {\n    "a": "1",\n    ${r},\n    "z": "1"\n  }\n}\n`,
    ],
    [
      "first",
      `{\n  "dependencies": {\n    "z": "1"\n  }\n}`,
      `{\n  "dependencies": {\n    ${r},\n    "z": "1"\n  }\n}`,
    ],
    [
      "last",
      `{\n\t"dependencies": {\n\t\t"a": "1"\n\t}\n}`,
      `{\n\t"dependencies": {\n\t\t"a": "1",\n\t\t${r}\n\t}\n}`,
    ],
    [
      "at the end when not sorted",
      `{\n "dependencies": {\n  "z": "1",\n  "a": "1"\n }\n}\n`,
      `{\n "dependencies": {\n  "z": "1",\n  "a": "1",\n  ${r}\n }\n}\n`,
    ],
    [
      "CRLF and a BOM",
      `\ufeff{\r\n    "dependencies": {\r\n        "a": "1"\r\n    }\r\n}\r\n`,
      `\ufeff{\r\n    "dependencies": {\r\n        "a": "1",\r\n        ${r}\r\n    }\r\n}\r\n`,
    ],
    [
      "one line",
      `{"name":"x","dependencies":{"a":"1"}}`,
      `{"name":"x","dependencies":{"a":"1", "resource-context":"${range}"}}`,
    ],
    [
      "an empty section",
      `{\n  "name": "x",\n  "dependencies": {}\n}\n`,
      `{\n  "name": "x",\n  "dependencies": {\n    ${r}\n  }\n}\n`,
    ],
    ["no section", `{\n  "name": "x"\n}\n`, `{\n  "name": "x",\n  "dependencies": {\n    ${r}\n  }\n}\n`],
    [
      "no section, but one for development",
      `{\n  "name": "x",\n  "devDependencies": {\n    "v": "1"\n  }\n}\n`,
      `{\n  "name": "x",\n  "dependencies": {\n    ${r}\n  },\n  "devDependencies": {\n    "v": "1"\n  }\n}\n`,
    ],
    [
      "words that look like a section",
      `{\n  "name": "x",\n  "text": "\\"dependencies\\": {",\n  "pnpm": { "dependencies": { "b": "1" } },\n  "dependencies": {\n    "a": "}"\n  }\n}\n`,
      `{\n  "name": "x",\n  "text": "\\"dependencies\\": {",\n  "pnpm": { "dependencies": { "b": "1" } },\n  "dependencies": {\n    "a": "}",\n    ${r}\n  }\n}\n`,
    ],
  ])("%s", (_, before, after) => {
    expect(manifestAfter(before)).toBe(after);
    expect(() => JSON.parse(after.replace("\ufeff", ""))).not.toThrow();
  });

  test.each(["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"])(
    "already in %s",
    (section) => {
      expect(manifestAfter(JSON.stringify({ name: "x", [section]: { "resource-context": "*" } }))).toBeNull();
    },
  );

  test("the runtime does not depend on itself", () => {
    expect(manifestAfter(`{ "name": "resource-context" }`)).toBeNull();
  });
});

describe("the section in which the neighbours stand", () => {
  const sectionAfter = (manifest: object, ...texts: readonly string[]): string => {
    const root = project({ "package.json": JSON.stringify({ name: "x", ...manifest }) });
    const files = texts.map((text, index) => changed(`run-${index}.ts`, text, code));
    const after: Record<string, object> = JSON.parse(planInstalls(files, optionsFor(root))[0]?.after ?? "{}");
    const found = Object.entries(after).filter(
      ([, value]) => typeof value === "object" && "resource-context" in value,
    );
    return found.map(([key]) => key).join();
  };
  const both = { dependencies: { yargs: "1" }, devDependencies: { esbuild: "1", "@app/tools": "1" } };
  const { devDependencies } = both;

  test.each([
    ["a script that loads a tool", both, [`import { build } from "esbuild";`], "devDependencies"],
    ["a tool of a scope", both, [`import x from '@app/tools/run';`], "devDependencies"],
    ["a script of CommonJS", both, [`const { build } = require("esbuild");`], "devDependencies"],
    ["a list over lines", both, [`import {\n  build,\n} from "esbuild";`], "devDependencies"],
    ["code that is shipped", both, [`import yargs from "yargs";`], "dependencies"],
    ["code that loads both", both, [`import "esbuild";\nimport yargs from "yargs";`], "dependencies"],
    ["types only", both, [`import type { Plugin } from "esbuild";`], "dependencies"],
    ["modules of Node only", both, [`import fs from "node:fs";`], "dependencies"],
    ["one file of each", both, [`import "esbuild";`, `import yargs from "yargs";`], "dependencies"],
    ["a package that nobody installs", { private: true, devDependencies }, ["a"], "devDependencies"],
    ["a package that is installed", { devDependencies }, ["a"], "dependencies"],
    ["a private one with both", { private: true, ...both }, ["a"], "dependencies"],
  ])("%s", (_, manifest, texts, section) => {
    expect(sectionAfter(manifest, ...texts)).toBe(section);
  });
});

describe("whose package.json", () => {
  const files: readonly FileOutcome[] = [
    changed("packages/a/src/run.ts", "a", code),
    changed("packages/a/src/other.ts", "a", code),
    changed("packages/b/esm/run.ts", "a", code),
    { status: "unchanged", file: "packages/c/run.ts", findings: [] },
  ];
  const tree = {
    "package.json": `{ "name": "top" }`,
    "packages/a/package.json": `{ "name": "a" }`,
    "packages/b/package.json": `{ "dependencies": {} }`,
    "packages/b/esm/package.json": `{ "type": "module" }`,
    "packages/c/package.json": `{ "name": "c" }`,
  };

  test("the nearest real one of each changed file, once", () => {
    const found = planInstalls(files, optionsFor(project(tree)));
    expect(found.map((install) => install.file)).toEqual([
      "packages/a/package.json",
      "packages/b/package.json",
    ]);
  });

  test("that of the root of a monorepo, which has no name", () => {
    const root = project({ "package.json": `{ "type": "module", "devDependencies": { "vite": "^7.0.0" } }` });
    const files = [changed("scripts/deploy.ts", "a", code)];
    expect(planInstalls(files, optionsFor(root)).map(({ file }) => file)).toEqual(["package.json"]);
  });

  test("none with --no-install or a runtime of one's own", () => {
    const root = project(tree);
    expect(planInstalls(files, optionsFor(root, { install: false }))).toEqual([]);
    expect(planInstalls(files, optionsFor(root, { runtime: "#resources" }))).toEqual([]);
    expect(planInstalls(files, optionsFor(root, { runtime: "@my/runtime" }))).toEqual([]);
    expect(planInstalls(files, optionsFor(root, { runtime: "resource-context/files" }))).toHaveLength(2);
  });

  test("never that of an entry point, which is not installed by itself", () => {
    const root = project({
      "core/package.json": `{ "name": "@app/core" }`,
      "core/tasks/package.json": `{ "name": "@app/core/tasks", "main": "index.js" }`,
      "core/tools/package.json": `{ "name": "@app/core-tools", "main": "index.js" }`,
    });
    const below = ["core/tasks/run.ts", "core/tools/run.ts"].map((file) => changed(file, "a", code));
    expect(planInstalls(below, optionsFor(root)).map(({ file }) => file)).toEqual([
      "core/package.json",
      "core/tools/package.json",
    ]);
  });

  test("above the root when it is not below", () => {
    const root = project({ "package.json": `{ "name": "x" }`, "src/run.ts": "a" });
    expect(planInstalls([changed("run.ts", "a", code)], optionsFor(join(root, "src")))).toMatchObject([
      { file: "../package.json" },
    ]);
  });

  test("one that is broken is an error with advice", () => {
    const root = project({ "package.json": "{ nonsense" });
    expect(() => planInstalls(run, optionsFor(root))).toThrow(
      /package\.json cannot be read as JSON[^]*--no-install/,
    );
  });

  test.each([
    ["package-lock.json", "npm install"],
    ["pnpm-lock.yaml", "pnpm install"],
    ["yarn.lock", "yarn install"],
    ["bun.lock", "bun install"],
  ])("%s -> %s", (lockfile, command) => {
    const root = project(tree);
    writeFileSync(join(root, lockfile), "");
    expect(planInstalls(files, optionsFor(root)).map((install) => install.command)).toEqual([
      command,
      command,
    ]);
  });

  test("packageManager wins over lock files", () => {
    const root = project({
      "package.json": `{ "name": "x", "packageManager": "pnpm@10.0.0" }`,
      "yarn.lock": "",
    });
    expect(planInstalls(run, optionsFor(root))).toMatchObject([{ command: "pnpm install" }]);
  });
});

describe("in a monorepo the package that owns the file asks for the version in use elsewhere", () => {
  const own = `{\n  "name": "upload"\n}\n`;
  const asked = (files: Readonly<Record<string, string>>): string | undefined => {
    const root = project({
      "packages/upload/package.json": own,
      "packages/upload/src/run.ts": "a",
      ...files,
    });
    const outcomes = [changed("packages/upload/src/run.ts", "a", code)];
    const installs = planInstalls(outcomes, optionsFor(root));
    expect(installs.map((one) => one.file)).toEqual(["packages/upload/package.json"]);
    return /"resource-context": "(.*)"/.exec(installs[0]?.after ?? "")?.[1];
  };
  const workspaces = `{ "workspaces": ["packages/*"] }`;
  const uses = (range: string): string => `{ "dependencies": { "resource-context": "${range}" } }`;
  const pnpm = "packages:\n  - packages/*\n";

  test.each([
    ["nobody uses it", { "package.json": workspaces }, range],
    [
      "another package",
      { "package.json": workspaces, "packages/ports/package.json": uses("~0.1.2") },
      "~0.1.2",
    ],
    [
      "most of the others",
      {
        "package.json": workspaces,
        "packages/a/package.json": uses("0.1.0"),
        "packages/b/package.json": uses("^0.1.3"),
        "packages/c/package.json": uses("^0.1.3"),
      },
      "^0.1.3",
    ],
    ["a catalog", { "pnpm-workspace.yaml": pnpm, "apps/web/package.json": uses("catalog:") }, "catalog:"],
    [
      "the catalog alone",
      { "pnpm-workspace.yaml": `${pnpm}catalog:\n  # ours\n  "resource-context": ^0.1.0\n` },
      "catalog:",
    ],
    [
      "another catalog",
      { "pnpm-workspace.yaml": `${pnpm}catalogs:\n  old:\n    resource-context: 0.1.0\n` },
      range,
    ],
    [
      "the workspace",
      { "pnpm-workspace.yaml": pnpm, "libs/a/package.json": uses("workspace:^") },
      "workspace:^",
    ],
    [
      "a package of the workspace",
      { "pnpm-workspace.yaml": pnpm, "libs/context/package.json": `{ "name": "resource-context" }` },
      "workspace:*",
    ],
    [
      "a path that is meant from elsewhere",
      { "package.json": workspaces, "packages/a/package.json": uses("file:../x") },
      range,
    ],
    ["a broken manifest elsewhere", { "package.json": workspaces, "packages/a/package.json": "{" }, range],
  ])("%s", (_, files, expected) => expect(asked(files)).toBe(expected));

  test("a change that does not import the runtime needs no dependency", () => {
    const root = project({ "package.json": own, "src/run.ts": "a" });
    expect(planInstalls([changed("src/run.ts", "a", "b")], optionsFor(root))).toEqual([]);
  });
});
