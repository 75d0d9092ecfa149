import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { codeOwners } from "../../src/split/owners.js";
import { command } from "../support/command.js";
import { git, project, repository } from "../support/project.js";

const save = `import { writeFileSync } from "node:fs";\n\nexport function save(path: string, text: string): void {\n  writeFileSync(path, text);\n}\n`;
const both = `import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { access } from "node:fs/promises";

export async function convert(input: string, output: string): Promise<void> {
  const child = spawn("convert", [input]);
  await access(input);
  await once(child, "close");
  writeFileSync(output, input);
}
`;
const files = {
  "package.json": `{\n  "name": "root",\n  "type": "module"\n}\n`,
  "packages/api/package.json": `{\n  "name": "@app/api",\n  "type": "module"\n}\n`,
  "packages/api/src/save.ts": save,
  "packages/api/src/convert.ts": both,
  "packages/web/src/save.ts": save.replaceAll("\n", "\r\n"),
  "tools/save.ts": save,
  CODEOWNERS: "* @core\npackages/api/ @api @core # the team\n/tools/ @alpha\n",
};

/** Splits, then applies one part after the other; returns their names. */
function splitAndApply(root: string, by: string, ...args: readonly string[]): readonly string[] {
  const parts = `${project()}/`;
  const { status, stderr } = command(root, "--split-by", by, `--patch=${parts}`, ...args);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(git(root, "status", "--porcelain")).toBe("");
  const names = readdirSync(parts).sort();
  for (const name of names) git(root, "apply", join(parts, name));
  return names;
}

describe("--split-by", () => {
  test.each([
    ["directory", ["0001-root", "0002-packages-api", "0003-packages-web", "0004-tools"]],
    ["package", ["0001-app-api", "0002-root"]],
    ["owner", ["0001-api-core", "0002-core", "0003-alpha"]],
    ["transform", ["0001-spawn", "0002-file-writes"]],
  ])("%s: the parts apply one after the other, and make the whole", (by, expected) => {
    const root = repository(files);
    const names = splitAndApply(root, by).map((name) => name.replace(".patch", ""));
    const inParts = git(root, "diff");
    git(root, "checkout", "-q", ".");
    const whole = join(project(), "whole.patch");
    command(root, `--patch=${whole}`);
    git(root, "apply", whole);
    expect(inParts).toBe(git(root, "diff"));
    expect([...names].sort()).toEqual([...expected].sort());
    // What brings the dependency comes before what needs it.
    expect(names[0]).toBe(expected[0]);
  });

  test("git am makes a commit of each, with a message of what changed", () => {
    const root = repository(files);
    const parts = join(project(), "parts/");
    git(root, "config", "user.name", "Port Authority");
    git(root, "config", "user.email", "ports@example.com");
    command(root, "packages/api", "--split-by=transform", `--patch=${parts}`, "--quiet");
    git(root, "am", "-q", ...readdirSync(parts).map((name) => join(parts, name)));
    expect(git(root, "log", "--format=%s | %an", "main~2..main")).toBe(
      "Release 2 resources: file-writes | Port Authority\nRelease 1 resource: spawn | Port Authority\n",
    );
    expect(git(root, "log", "-1", "--format=%b", "main~1")).toMatch(
      /^- packages\/api\/src\/convert\.ts:7 child-process: /,
    );
    expect(command(root, "packages/api", "--check").status).toBe(0);
  });

  test("a folder that holds something is refused", () => {
    const root = repository(files);
    const parts = `${project({ "old.patch": "" })}/`;
    expect(command(root, "--split-by", "package", `--patch=${parts}`)).toMatchObject({
      status: 2,
      stdout: "",
      stderr: expect.stringMatching(/the folder is not empty\.\nExpected an empty folder/),
    });
    expect(readdirSync(parts)).toEqual(["old.patch"]);
  });

  test("transforms of the project are the last part", () => {
    const root = repository({
      ...files,
      "resource-codemod.config.json": `{ "transforms": ["./codemods/shout.mjs"] }\n`,
      "codemods/shout.mjs": `export default ({ source }) => source.replace("convert", "CONVERT");\n`,
    });
    mkdirSync(join(root, "empty"));
    const names = splitAndApply(root, "transform", "packages/api");
    expect(names).toEqual(["0001-spawn.patch", "0002-file-writes.patch", "0003-codemods-shout.mjs.patch"]);
    expect(readFileSync(join(root, "packages/api/src/convert.ts"), "utf8")).toContain("CONVERT");
  });
});

describe("CODEOWNERS", () => {
  test("the last line that fits counts; sections of GitLab have defaults", () => {
    const root = project();
    mkdirSync(join(root, ".gitlab"));
    const lines = [
      "* @all",
      "[Docs][2] @writers",
      "docs/",
      "*.mdx @mdx",
      "^[Web]",
      "web/**/*.ts a@b.example",
      "web/gen",
    ];
    writeFileSync(join(root, ".gitlab/CODEOWNERS"), lines.join("\n"));
    const ownerOf = codeOwners(root);
    expect(
      ["src/run.ts", "docs/a.ts", "docs/a.mdx", "web/x/y.ts", "web/gen/z.ts"].map((file) => ownerOf(file)),
    ).toEqual(["@all", "@writers", "@mdx", "a@b.example", "nobody"]);
  });

  test("none at all", () => {
    expect(() => codeOwners(repository({ "a.ts": "" }))).toThrow(
      /there is no CODEOWNERS file\.\nExpected one of/,
    );
  });
});
