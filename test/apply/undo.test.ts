import { once } from "node:events";
import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { command, startCommand } from "../support/command.js";
import { git, project, repository } from "../support/project.js";

const writer = (line: string): string =>
  `import { writeFileSync } from "node:fs";${line}export function save(path: string) {${line}  writeFileSync(path, "a");${line}}${line}`;
const sample = {
  "package.json": '{ "name": "sample", "type": "module", "dependencies": { "z": "1" } }',
  "src/lf.ts": writer("\n"),
  "src/crlf.ts": writer("\r\n"),
  "src/bom.ts": `\ufeff${writer("\n")}`,
  "src/none.ts": writer("\n").trimEnd(),
};

describe("--undo", () => {
  test("gives every file its bytes and its mode back, package.json included", () => {
    const root = repository(sample);
    chmodSync(join(root, "src/lf.ts"), 0o755);
    git(root, "commit", "-aqm", "mode");
    expect(command(root, "--write")).toMatchObject({ status: 0, stderr: "" });
    expect(git(root, "status", "--porcelain").trim().split("\n")).toHaveLength(5);
    const { status, stdout } = command(root, "--undo");
    expect({ status, files: stdout.trim().split("\n").length }).toEqual({ status: 0, files: 6 });
    expect(git(root, "status", "--porcelain")).toBe("");
    expect(statSync(join(root, "src/lf.ts")).mode & 0o777).toBe(0o755);
    expect(command(root, "--undo")).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^resource-codemod: No run can be undone here.\nOnly --write/),
    });
  });

  test("refuses when a file was changed since, and changes none", () => {
    const root = repository(sample);
    command(root, "--write");
    writeFileSync(join(root, "src/crlf.ts"), "// mine\n");
    const before = git(root, "diff");
    const { status, stderr } = command(root, "--undo");
    expect(status).toBe(2);
    expect(stderr).toContain("src/crlf.ts");
    expect(git(root, "diff")).toBe(before);
  });

  test("lists the runs, undoes one by its name, and names them when there is none of that name", () => {
    const root = repository(sample);
    command(root, "--write", "src/lf.ts", "--no-install");
    command(root, "--write", "src/bom.ts", "--no-install");
    const runs = command(root, "--undo=list").stdout.trim().split("\n");
    expect(runs).toHaveLength(2);
    const [first = ""] = runs.map((run) => run.split(" ")[0] ?? "");
    expect(command(root, "--undo=yesterday").stderr).toContain(first);
    expect(command(root, `--undo=${first}`).stdout).toContain("src/lf.ts");
    expect(git(root, "status", "--porcelain")).toBe(" M src/bom.ts\n");
  });

  test("works without git, and leaves nothing among the sources", () => {
    const root = project(sample);
    command(root, "--write", "--allow-no-vcs");
    expect(readdirSync(join(root, "src")).sort()).toEqual(["bom.ts", "crlf.ts", "lf.ts", "none.ts"]);
    expect(command(root, "--undo").status).toBe(0);
    for (const [file, text] of Object.entries(sample))
      expect(readFileSync(join(root, file), "utf8")).toBe(text);
  });
});

test("a run that was killed in the middle is put back; until then nothing else is written", async () => {
  const many = Object.fromEntries(
    Array.from({ length: 400 }, (_, i) => [`src/port${String(i)}.ts`, writer("\n")]),
  );
  const root = repository({ "package.json": '{ "name": "sample" }', ...many });
  const child = startCommand(root, "--write", "--format", "none");
  const isWritten = (i: number): boolean =>
    readFileSync(join(root, `src/port${String(i)}.ts`), "utf8").includes("resource-context");
  while (!isWritten(0) && child.exitCode === null) await setTimeout(1);
  child.kill("SIGKILL");
  await once(child, "close");
  expect(child.signalCode).toBe("SIGKILL");
  expect(git(root, "status", "--porcelain")).not.toBe("");
  const again = command(root, "--write", "--allow-dirty");
  expect(again.status).toBe(2);
  expect(again.stderr).toContain("stopped in the middle");
  expect(command(root, "--undo").status).toBe(0);
  expect(git(root, "status", "--porcelain")).toBe("");
  expect(existsSync(join(root, ".git/resource-codemod/runs"))).toBe(true);
  expect(readdirSync(join(root, ".git/resource-codemod/runs"))).toEqual([]);
});
