import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { walk } from "../../src/discover/walk.js";
import { git, project, put } from "../support/project.js";

const leaves = [
  "a.ts",
  "b.log",
  "build/out.js",
  "build/keep/x.js",
  "src/a.ts",
  "src/build/y.js",
  "src/gen/z.gen.ts",
  "docs/deep/er/w.md",
  "docs/#hash.md",
  "docs/!bang.md",
  "docs/sp ace.md",
  "docs/[b].md",
  "über/ü.ts",
];

/** What git would list in the same tree; our own bookkeeping files are left out on both sides. */
function listedByGit(root: string): readonly string[] {
  git(root, "init", "-q");
  return git(root, "ls-files", "-z", "--others", "--exclude-standard")
    .split("\0")
    .filter((path) => path !== "")
    .sort();
}

function expectSame(rules: Readonly<Record<string, string>>): void {
  const root = project(Object.fromEntries(leaves.map((leaf) => [leaf, "text"])));
  put(root, rules);
  const walked = [...walk(root, true).files].sort();
  expect(walked, JSON.stringify(rules)).toEqual(listedByGit(root));
}

describe("outside a repository the walk lists what git would", () => {
  test.each([
    { ".gitignore": "*.log\n!b.log\n" },
    { ".gitignore": "build\n" },
    { ".gitignore": "/build/\n" },
    { ".gitignore": "build/*\n!build/keep/\n" },
    { ".gitignore": "build/\n!build/keep/x.js\n" },
    { ".gitignore": "*\n!*/\n!*.ts\n!.gitignore\n" },
    { ".gitignore": "**/gen/**\n" },
    { ".gitignore": "docs/**/w.md\n" },
    { ".gitignore": "\\#hash.md\n\\!bang.md\n" },
    { ".gitignore": "sp ace.md   \n[b].md\n\\[b\\].md\n" },
    { ".gitignore": "\ufeff*.log\r\nbuild/\r\n" },
    { ".gitignore": "ü*\n" },
    { ".gitignore": "*.ts\n", "src/.gitignore": "!a.ts\n" },
    { ".gitignore": "build\n", "src/.gitignore": "!build\n" },
    { ".gitignore": "build\n", "src/.gitignore": "!build\n", "src/build/.gitignore": "y.js\n" },
    { ".gitignore": "src\n", "src/.gitignore": "!a.ts\n" },
    { ".gitignore": "!src/gen\n", "src/.gitignore": "gen/\n" },
    { "src/.gitignore": "/a.ts\nbuild/y.js\n" },
    { "docs/.gitignore": "*\n!.gitignore\n" },
    { ".gitignore": "a.ts/\n" },
    { ".gitignore": "[a-b].*\n" },
    { ".gitignore": "?.ts\n" },
  ])("%j", (rules) => expectSame(rules));

  test("random rules in nested files", () => {
    const random = generator(20_240_229);
    for (let round = 0; round < 60; round++) {
      const folders = ["", "src/", "docs/", "build/"].filter(() => random() < 0.5);
      expectSame(Object.fromEntries(folders.map((folder) => [`${folder}.gitignore`, randomRules(random)])));
    }
  });

  test("folders above the root count up to the top of the repository", () => {
    const root = project({ ".gitignore": "*.log\n/packages/a/tmp/\n", "packages/.gitignore": "*.gen.ts\n" });
    put(join(root, "packages/a"), { "a.log": "", "b.gen.ts": "", "tmp/c.ts": "", "d.ts": "", "e.ts": "" });
    git(root, "init", "-q");
    put(root, { ".git/info/exclude": "e.ts\n" });
    expect(existsSync(join(root, ".git/info/exclude"))).toBe(true);
    expect(walk(join(root, "packages/a"), true).files).toEqual(["d.ts"]);
  });
});

const pieces = [
  "*.ts",
  "build",
  "/build",
  "build/",
  "src/*",
  "!a.ts",
  "!build",
  "!src/",
  "*.js",
  "!*.js",
  "**/y.js",
  "docs/**",
  "!docs/deep",
  "deep/er",
  "gen/",
  "*.gen.*",
  "!*.gen.ts",
  "keep",
  "x.*",
  "/src/gen",
  "# comment",
  "",
  "docs/*.md",
  "!w.md",
];

function randomRules(random: () => number): string {
  const count = 1 + Math.floor(random() * 5);
  return (
    Array.from({ length: count }, () => pieces[Math.floor(random() * pieces.length)] ?? "").join("\n") + "\n"
  );
}

/** The same numbers on every run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
