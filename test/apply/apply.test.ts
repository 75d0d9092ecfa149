import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  linkSync,
  lstatSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { apply } from "../../src/apply/index.js";
import type { FileOutcome, Options } from "../../src/types.js";
import { git, optionsFor, project, put, repository } from "../support/project.js";
import { changed } from "../support/report.js";

const before = "spawn();\r\n";
const after = "adopt(spawn());\r\n";
const names = ["a.ts", "b/c.ts", "b/d e.ts", "ü.ts"];
const tree = Object.fromEntries(names.map((name) => [name, before]));
const outcomes = names.map((name) => changed(name, before, after));
const write = (root: string, rest: Partial<Options> = {}): Options =>
  optionsFor(root, { mode: "write", ...rest });
const silent = (): void => undefined;
const remake = (outcome: FileOutcome): Promise<FileOutcome> => Promise.resolve(outcome);
const results = (files: readonly FileOutcome[]) => ({ files, installs: [], progress: silent, remake });

/** Everything below a folder, to show that nothing else appeared and nothing changed. */
function contents(root: string): Readonly<Record<string, string>> {
  const paths = readdirSync(root, { recursive: true, encoding: "utf8" }).filter(
    (path) => !/^\.git(?:\/|$)/.test(path),
  );
  const files = paths.filter((path) => statSync(join(root, path)).isFile()).sort();
  return Object.fromEntries(files.map((path) => [path, readFileSync(join(root, path), "latin1")]));
}

describe("modes", () => {
  test.each(["dry", "check"] as const)("%s writes nothing", async (mode) => {
    const root = repository(tree);
    await apply(results(outcomes), optionsFor(root, { mode }));
    expect(contents(root)).toEqual(contents(repository(tree)));
  });

  test("write writes every change and nothing else, package.json included", async () => {
    const root = repository({ ...tree, "other.ts": before, "package.json": "{}" });
    const installs = [{ file: "package.json", before: "{}", after: '{ "a": 1 }', command: "npm install" }];
    await apply({ files: outcomes, installs, progress: silent, remake }, write(root));
    expect(git(root, "status", "--porcelain", "-z").split("\0").filter(Boolean)).toEqual(
      [...names, "package.json"].map((name) => ` M ${name}`).sort(),
    );
    expect(readFileSync(join(root, "b/d e.ts"), "utf8")).toBe(after);
  });

  test("no change: no guard, no writing, even without git", async () => {
    await apply(results([{ status: "unchanged", file: "a.ts", findings: [] }]), write(project(tree)));
  });
});

describe("what a file keeps", () => {
  test("its mode", async () => {
    const root = repository(tree);
    chmodSync(join(root, "a.ts"), 0o755);
    chmodSync(join(root, "ü.ts"), 0o600);
    await apply(results(outcomes), write(root, { allow: { dirty: true, staged: false, noVcs: false } }));
    expect(statSync(join(root, "a.ts")).mode & 0o7777).toBe(0o755);
    expect(statSync(join(root, "ü.ts")).mode & 0o7777).toBe(0o600);
  });

  test("the names it shares with others", async () => {
    const root = repository(tree);
    const elsewhere = join(project(), "same.ts");
    linkSync(join(root, "a.ts"), elsewhere);
    await apply(results(outcomes), write(root));
    expect(readFileSync(elsewhere, "utf8")).toBe(after);
    expect(statSync(elsewhere).ino).toBe(statSync(join(root, "a.ts")).ino);
  });

  test("links that point to it", async () => {
    const root = repository(tree);
    symlinkSync("a.ts", join(root, "link.ts"));
    await apply(results(outcomes), write(root));
    expect(lstatSync(join(root, "link.ts")).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(root, "link.ts"), "utf8")).toBe(after);
  });
});

describe("a tree that git could not bring back is refused, and only what would be written counts", () => {
  const states: readonly (readonly [string, (root: string) => void, RegExp, Partial<Options["allow"]>])[] = [
    [
      "modified",
      (root) => put(root, { "a.ts": before + "//" }),
      /a\.ts has changes that are not committed[^]*--allow-dirty/,
      { dirty: true },
    ],
    ["staged", (root) => stageChange(root), /a\.ts has staged changes[^]*--allow-staged/, { staged: true }],
    ["untracked", (root) => untrack(root), /--allow-dirty/, { dirty: true }],
    ["ignored", (root) => ignoreFile(root), /--allow-dirty/, { dirty: true }],
  ];
  test.each(states)("%s", async (_, change, message, allowed) => {
    const root = repository(tree);
    change(root);
    const now = readFileSync(join(root, "a.ts"), "utf8");
    const files = outcomes.map((outcome) =>
      outcome.file === "a.ts" ? changed("a.ts", now, after) : outcome,
    );
    const snapshot = contents(root);
    await expect(apply(results(files), write(root))).rejects.toThrow(message);
    await expect(apply(results(files), write(root))).rejects.toMatchObject({ name: "RefusedError" });
    expect(contents(root)).toEqual(snapshot);
    await apply(
      results(files),
      write(root, { allow: { dirty: false, staged: false, noVcs: false, ...allowed } }),
    );
    expect(readFileSync(join(root, "a.ts"), "utf8")).toBe(after);
  });

  function stageChange(root: string): void {
    put(root, { "a.ts": before + "//" });
    git(root, "add", "a.ts");
  }

  function untrack(root: string): void {
    git(root, "rm", "-q", "--cached", "a.ts");
    git(root, "commit", "-qm", "x");
  }

  function ignoreFile(root: string): void {
    git(root, "rm", "-q", "--cached", "a.ts");
    put(root, { ".gitignore": "a.ts\n" });
    git(root, "add", ".gitignore");
    git(root, "commit", "-qm", "x");
  }

  test("no repository", async () => {
    const root = project(tree);
    await expect(apply(results(outcomes), write(root))).rejects.toThrow(
      /is not in a git repository[^]*--allow-no-vcs/,
    );
    await apply(results(outcomes), write(root, { allow: { dirty: false, staged: false, noVcs: true } }));
    expect(readFileSync(join(root, "a.ts"), "utf8")).toBe(after);
  });

  test("other files may be dirty, names of files are not patterns", async () => {
    const root = repository({ ...tree, "*.ts": before, "other.ts": before });
    put(root, { "other.ts": "dirty" });
    await apply(results([changed("*.ts", before, after)]), write(root));
    expect(readFileSync(join(root, "*.ts"), "utf8")).toBe(after);
  });

  test("many files", async () => {
    const many = Array.from({ length: 1200 }, (_, index) => `src/${String(index)}.ts`);
    const root = repository(Object.fromEntries(many.map((name) => [name, before])));
    put(root, { "src/1199.ts": before + "//" });
    await expect(
      apply(results(many.map((name) => changed(name, before, after))), write(root)),
    ).rejects.toThrow(/src\/1199\.ts/);
  });

  test("a repository that git refuses to read", async () => {
    const root = repository(tree);
    writeFileSync(join(root, ".git/config"), "[core\n");
    await expect(apply(results(outcomes), write(root))).rejects.toThrow(
      /git cannot tell the state[^]*config/,
    );
  });
});

describe("nothing is written when", () => {
  async function expectUntouched(
    root: string,
    files: readonly FileOutcome[],
    message: RegExp,
  ): Promise<void> {
    const snapshot = contents(root);
    await expect(apply(results(files), write(root))).rejects.toThrow(message);
    expect(contents(root)).toEqual(snapshot);
  }

  test("a file changed since it was read", async () => {
    const root = repository({ ...tree, "ü.ts": "newer" });
    await expectUntouched(root, outcomes, /Nothing was written[^]*ü\.ts: changed on disk since it was read/);
  });

  test("a file is gone", async () => {
    const root = repository(tree);
    await expectUntouched(root, [...outcomes, changed("gone.ts", before, after)], /gone\.ts/);
  });

  test("a file is read-only", async () => {
    const root = repository(tree);
    chmodSync(join(root, "ü.ts"), 0o444);
    await expectUntouched(root, outcomes, /ü\.ts: cannot be written[^]*--ignore/);
  });

  test("bytes that are no UTF-8 would be lost", async () => {
    const root = repository({ ...tree, "latin.ts": Buffer.from([0x2f, 0x2f, 0xe9]) });
    await expectUntouched(root, [...outcomes, changed("latin.ts", "//\ufffd", after)], /latin\.ts/);
  });
});

describe("a failure half-way puts everything back", () => {
  for (const stop of [0, 1, 2, names.length - 1, names.length])
    test(`aborted after ${String(stop)} files`, async () => {
      const root = repository(tree);
      const nodes = names.map((name) => statSync(join(root, name)).ino);
      const snapshot = contents(root);
      const controller = new AbortController();
      const progress = (_: string, done: number): void => {
        if (done === stop) controller.abort(new Error("interrupted"));
      };
      const options = write(root, { signal: controller.signal });
      await expect(apply({ files: outcomes, installs: [], progress, remake }, options)).rejects.toThrow(
        "interrupted",
      );
      expect(contents(root)).toEqual(snapshot);
      expect(names.map((name) => statSync(join(root, name)).ino)).toEqual(nodes);
    });

  test("a file that shares its inode with others is put back too", async () => {
    const root = repository(tree);
    linkSync(join(root, "a.ts"), join(project(), "same.ts"));
    const controller = new AbortController();
    const progress = (_: string, done: number): void =>
      done === 2 ? controller.abort(new Error("interrupted")) : undefined;
    const options = write(root, { signal: controller.signal });
    await expect(apply({ files: outcomes, installs: [], progress, remake }, options)).rejects.toThrow(
      "interrupted",
    );
    expect(readFileSync(join(root, "a.ts"), "utf8")).toBe(before);
  });

  test("a target that cannot be replaced", async () => {
    const root = repository(tree);
    const progress = (_: string, done: number): void => {
      // The last target turns into a folder under our hands.
      if (done === names.length - 1)
        execFileSync("sh", ["-c", 'rm "$1" && mkdir "$1" && touch "$1/x"', "sh", join(root, "ü.ts")]);
    };
    await expect(apply({ files: outcomes, installs: [], progress, remake }, write(root))).rejects.toThrow(
      /Writing failed|put back/,
    );
    for (const name of names.slice(0, -1)) expect(readFileSync(join(root, name), "utf8")).toBe(before);
  });

  test("a rollback that fails is loud and keeps the old text", async () => {
    const root = repository(tree);
    const controller = new AbortController();
    const progress = (_: string, done: number): void => {
      if (done !== 2) return;
      execFileSync("sh", ["-c", 'rm "$1" && mkdir "$1" && touch "$1/x"', "sh", join(root, "a.ts")]);
      controller.abort(new Error("interrupted"));
    };
    const options = write(root, { signal: controller.signal });
    const failure: unknown = await apply({ files: outcomes, installs: [], progress, remake }, options).catch(
      (thrown: unknown) => thrown,
    );
    expect(String(failure)).toMatch(/could NOT be put back:\n {2}a\.ts: /);
    const kept = /is kept in (.*)/.exec(String(failure))?.[1] ?? "";
    expect(readFileSync(kept, "utf8")).toBe(before);
    expect(readFileSync(join(root, "b/c.ts"), "utf8")).toBe(before);
  });

  test("a full disk", async (context) => {
    const root = project();
    const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=256k", "tmpfs", root]);
    if (mounted.status !== 0) return context.skip("this system does not let us mount a small disk");
    onTestFinished(() => void execFileSync("umount", ["-l", root]));
    const big = before.repeat(2000);
    const files = names.map((name) => changed(name, big, big + after.repeat(4000)));
    put(root, Object.fromEntries(names.map((name) => [name, big])));
    const snapshot = contents(root);
    const options = write(root, { allow: { dirty: false, staged: false, noVcs: true } });
    await expect(apply(results(files), options)).rejects.toThrow(/ENOSPC[^]*Every file is as it was before/);
    expect(contents(root)).toEqual(snapshot);
  });
});
