import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { planInstalls } from "../../src/apply/install.js";
import { ownManifest } from "../../src/manifest.js";
import type { FileOutcome } from "../../src/types.js";
import { optionsFor, project } from "../support/project.js";
import { changed } from "../support/report.js";

const range = ownManifest().runtimeRange;
const run = [changed("src/run.ts", "a", "b")];

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

describe("whose package.json", () => {
  const files: readonly FileOutcome[] = [
    changed("packages/a/src/run.ts", "a", "b"),
    changed("packages/a/src/other.ts", "a", "b"),
    changed("packages/b/esm/run.ts", "a", "b"),
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

  test("none with --no-install or a runtime of one's own", () => {
    const root = project(tree);
    expect(planInstalls(files, optionsFor(root, { install: false }))).toEqual([]);
    expect(planInstalls(files, optionsFor(root, { runtime: "#resources" }))).toEqual([]);
    expect(planInstalls(files, optionsFor(root, { runtime: "@my/runtime" }))).toEqual([]);
    expect(planInstalls(files, optionsFor(root, { runtime: "resource-context/files" }))).toHaveLength(2);
  });

  test("above the root when it is not below", () => {
    const root = project({ "package.json": `{ "name": "x" }`, "src/run.ts": "a" });
    expect(planInstalls([changed("run.ts", "a", "b")], optionsFor(join(root, "src")))).toMatchObject([
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
