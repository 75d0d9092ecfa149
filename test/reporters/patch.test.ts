import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { patch } from "../../src/reporters/patch.js";
import { git, project, put, repository } from "../support/project.js";
import { changed, report } from "../support/report.js";

const lines = Array.from(
  { length: 40 },
  (_, index) => `export const port${String(index)} = ${String(8000 + index)};\n`,
).join("");
const twice = (text: string): string => text.replace("port3 ", "first ").replace("port30 ", "second ");

const texts: readonly (readonly [string, string, string])[] = [
  ["two hunks", lines, twice(lines)],
  ["CRLF", lines.replaceAll("\n", "\r\n"), twice(lines).replaceAll("\n", "\r\n")],
  ["mixed line ends", "a\r\nb\nc\rd\r\ne\n", "a\r\nB\nc\rd\r\nE\n"],
  ["a BOM", "\ufeffspawn();\nserve();\n", "\ufeffadopt(spawn());\nserve();\n"],
  ["a BOM with CRLF and a change in line one", "\ufeffspawn();\r\n", "\ufeffadopt(spawn());\r\n"],
  ["no newline at the end", "spawn();\nserve();", "adopt(spawn());\nserve();"],
  ["a change in a last line without a newline", "serve();\nspawn();", "serve();\nadopt(spawn());"],
  ["a newline gained at the end", "spawn();", "spawn();\n"],
  [
    "separators that are no line ends",
    "a('\u2028\u2029\u0085\f');\nspawn();\n",
    "a('\u2028\u2029\u0085\f');\nadopt(spawn());\n",
  ],
  ["lines that look like a patch", "--- a/x\n+++ b/x\n@@ -1 +1 @@\n", "--- a/x\n+++ b/x\n@@ -1 +1 @@!\n"],
  ["removed and added lines that look like headers", "-- a/x\n", "++ b/x\n"],
  ["trailing spaces and tabs", "a  \n\t\nb\n", "a  \n\t\nc \t\n"],
  ["emoji and combining marks", "'👩‍👩‍👧 é';\nspawn();\n", "'👩‍👩‍👧 é';\nadopt(spawn());\n"],
  ["from nothing", "", "serve();\n"],
];

const names = [
  "run.ts",
  "src/my file.ts",
  "grüße/naïve –.ts",
  'qu"ote.ts',
  "tab\tname.ts",
  "back\\slash.ts",
  "line\nend.ts",
  " leading.ts",
  "trailing .ts",
  "a b/c d.ts",
  "--option.ts",
  "pages/[id]/$x.ts",
  "'single'.ts",
  "日本語 .ts",
];

/** Applies the patch with git in a repository that holds the old texts; returns what is there afterwards. */
function applied(files: readonly (readonly [string, string, string])[]): readonly string[] {
  const root = repository(Object.fromEntries(files.map(([name, before]) => [name, before])));
  const folder = project();
  const path = join(folder, "changes.patch");
  writeFileSync(path, patch(report(files.map(([name, before, after]) => changed(name, before, after)))));
  git(root, "apply", path);
  return files.map(([name]) => readFileSync(join(root, name), "utf8"));
}

describe("git apply makes exactly the new text from the old", () => {
  test.each(texts)("%s", (_, before, after) => {
    expect(applied([["src/run.ts", before, after]])).toEqual([after]);
  });

  test.each(names)("file name %j", (name) => {
    expect(applied([[name, lines, twice(lines)]])).toEqual([twice(lines)]);
  });

  test("all of them in one patch", () => {
    const files = texts.flatMap(([, before, after], index) => {
      return names.map((name) => [`${String(index)}/${name}`, before, after] as const);
    });
    expect(applied(files)).toEqual(files.map(([, , after]) => after));
  });

  test("from a folder below the top of the repository", () => {
    const root = repository({ "packages/a/run.ts": lines });
    put(root, { "packages/a/x.patch": patch(report([changed("run.ts", lines, twice(lines))])) });
    git(join(root, "packages/a"), "apply", "x.patch");
    expect(readFileSync(join(root, "packages/a/run.ts"), "utf8")).toBe(twice(lines));
  });
});

test("the package.json files are part of it, except above the root", () => {
  const install = { before: "{}\n", after: `{ "a": 1 }\n`, command: "npm install" };
  const text = patch(
    report([], {
      installs: [
        { file: "package.json", ...install },
        { file: "../package.json", ...install },
      ],
    }),
  );
  expect(text).toBe(`--- a/package.json\n+++ b/package.json\n@@ -1,1 +1,1 @@\n-{}\n+{ "a": 1 }\n`);
});

test("nothing to change: an empty patch", () => {
  expect(patch(report([{ status: "unchanged", file: "a.ts", findings: [] }]))).toBe("");
});
