import { execFileSync } from "node:child_process";
import { renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { run } from "../../src/run.js";
import type { Changes, RunReport } from "../../src/types.js";
import { git, optionsFor, project, put, repository } from "../support/project.js";

const saves = (name: string): string =>
  `import { writeFileSync } from "node:fs";\n\nexport function ${name}(text: string): void {\n  writeFileSync("${name}.txt", text);\n}\n`;

async function found(
  root: string,
  changes: Changes,
  paths: readonly string[] = ["."],
): Promise<readonly string[]> {
  const report = await reportOf(root, changes, paths);
  return report.files.flatMap(({ file, findings }) =>
    findings.map(({ acquisition }) => `${file}:${acquisition.symbol}`),
  );
}

function reportOf(root: string, changes: Changes, paths: readonly string[] = ["."]): Promise<RunReport> {
  return run(optionsFor(root, { mode: "check", changes, paths }));
}

/** A branch that added b.ts and removed old.ts, while main went on with c.ts. */
function branched(): string {
  const root = repository({
    "src/a.ts": saves("a"),
    "src/old.ts": saves("old"),
    "lib/kept.ts": saves("kept"),
  });
  git(root, "checkout", "-q", "-b", "topic");
  put(root, { "src/b.ts": saves("b") });
  rmSync(join(root, "src/old.ts"));
  git(root, "add", "-A");
  git(root, "commit", "-q", "-m", "topic");
  git(root, "checkout", "-q", "main");
  put(root, { "src/c.ts": saves("c") });
  git(root, "add", "-A");
  git(root, "commit", "-q", "-m", "main goes on");
  git(root, "checkout", "-q", "topic");
  return root;
}

const since = (ref: string): Changes => ({ by: "since", ref });
const changed: Changes = { by: "changed" };
const staged: Changes = { by: "staged" };

describe("what differs from where the branch began", () => {
  test("committed, and nothing that only the other branch has", async () => {
    const root = branched();
    expect(await found(root, since("main"))).toEqual(["src/b.ts:b"]);
    expect(await found(root, changed)).toEqual(["src/b.ts:b"]);
    expect(await found(root, since("HEAD"))).toEqual([]);
  });

  test("uncommitted, untracked and renamed ones, but none that git ignores", async () => {
    const root = branched();
    put(root, {
      "src/a.ts": `// changed\n${saves("a")}`,
      "src/new.ts": saves("fresh"),
      ".gitignore": "out/\n",
      "out/x.ts": saves("x"),
    });
    renameSync(join(root, "lib/kept.ts"), join(root, "lib/moved.ts"));
    git(root, "add", "-A", "lib");
    expect(await found(root, changed)).toEqual([
      "lib/moved.ts:kept",
      "src/a.ts:a",
      "src/b.ts:b",
      "src/new.ts:fresh",
    ]);
  });

  test("below the paths that were given, and below the folder of the run", async () => {
    const root = branched();
    put(root, { "lib/new.ts": saves("fresh") });
    expect(await found(root, changed, ["lib"])).toEqual(["lib/new.ts:fresh"]);
    expect(await found(join(root, "src"), changed)).toEqual(["b.ts:b"]);
  });

  test("nothing at all is no failure", async () => {
    const root = repository({ "a.ts": saves("a") });
    expect(await reportOf(root, changed)).toMatchObject({ exitCode: 0, files: [], scanned: 0 });
  });
});

describe("what is staged", () => {
  test("with its staged text, whatever lies on the disk", async () => {
    const root = repository({ "a.ts": "export {};\n", "b.ts": "export {};\n" });
    put(root, { "a.ts": saves("staged"), "b.ts": saves("unstaged"), "c.ts": saves("untracked") });
    git(root, "add", "a.ts");
    put(root, { "a.ts": "export const port = 1;\n" });
    expect(await found(root, staged)).toEqual(["a.ts:staged"]);
  });

  test("and what was deleted after it was staged", async () => {
    const root = repository({ "a.ts": "export {};\n" });
    put(root, { "a.ts": saves("staged"), "b.ts": saves("deleted") });
    git(root, "add", "-A");
    rmSync(join(root, "b.ts"));
    expect(await found(root, staged)).toEqual(["a.ts:staged", "b.ts:deleted"]);
  });
});

describe("git cannot tell", () => {
  test.each([
    ["an unknown ref", since("orign/main"), /no commit "orign\/main"[^]*git fetch origin/],
    ["an option in place of a ref", since("--output=x"), /no commit "--output=x"/],
  ])("%s", async (_, changes, message) => {
    await expect(reportOf(branched(), changes)).rejects.toThrow(message);
  });

  test("no repository", async () => {
    await expect(reportOf(project({ "a.ts": saves("a") }), changed)).rejects.toThrow(
      /Run it inside a git repository/,
    );
  });

  test("no branch to compare with", async () => {
    const root = repository({ "a.ts": saves("a") });
    git(root, "branch", "-q", "-m", "trunk");
    await expect(reportOf(root, changed)).rejects.toThrow(/--since <ref>/);
  });

  test("a shallow clone that does not reach the beginning of the branch", async () => {
    const origin = branched();
    const root = project();
    const clone = join(root, "clone");
    execFileSync("git", ["clone", "-q", "--depth=1", "--no-single-branch", `file://${origin}`, clone], {
      stdio: "pipe",
      env: { PATH: process.env["PATH"] ?? "", HOME: root },
    });
    await expect(reportOf(clone, since("origin/main"))).rejects.toThrow(/shallow[^]*git fetch --unshallow/);
  });
});
