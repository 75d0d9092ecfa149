import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { formatReport, run, type RunOptions } from "../../src/index.js";
import { json } from "../../src/reporters/json.js";
import { command } from "../support/command.js";
import { project, repository } from "../support/project.js";

const files = {
  "package.json": '{ "type": "module", "engines": { "node": ">=20" } }\n',
  "src/save.ts": `import { writeFileSync } from "node:fs";

export function save(path: string, state: object): void {
  writeFileSync(path, JSON.stringify(state));
}
`,
  "tools/list.js": `import { spawn } from "node:child_process";
spawn("less").on("close", (code) => console.log(code));
`,
};

describe("run", () => {
  it("needs a folder and nothing else", async () => {
    const report = await run({ cwd: project(files) });
    expect(report.mode).toBe("dry");
    expect(report.exitCode).toBe(0);
    expect(report.files.map(({ file, status }) => `${file} ${status}`)).toEqual([
      "src/save.ts changed",
      "tools/list.js changed",
    ]);
  });

  it.each<readonly [string, RunOptions, readonly string[]]>([
    ["paths", { paths: ["src"], mode: "check" }, ["src", "--check"]],
    ["a level", { mode: "check", safety: "likely" }, ["--check", "--safety", "likely"]],
    ["transforms", { transform: ["spawn"] }, ["--dry", "--transform", "spawn"]],
    ["patterns to ignore", { ignore: ["tools/"], mode: "check" }, ["--check", "--ignore", "tools/"]],
    ["another configuration", { config: "other.json" }, ["--dry", "--config", "other.json"]],
    ["no configuration", { config: false, mode: "check" }, ["--check", "--no-config"]],
  ])("does what the command does with %s", async (_, options, args) => {
    const root = project({
      ...files,
      "resource-codemod.config.json": '{ "skipTransform": ["file-writes"], "syntax": "try-finally" }\n',
      "other.json": '{ "skipTransform": ["spawn"] }\n',
    });
    const report = await run({ cwd: root, ...options });
    expect(entriesOf(json(report))).toEqual(entriesOf(command(root, ...args, "--reporter", "json").stdout));
  });

  it("writes, and refuses to where git could not bring it back", async () => {
    const root = repository(files);
    const report = await run({ cwd: root, mode: "write", paths: ["src"], install: false });
    expect(report.files.map(({ status }) => status)).toEqual(["changed"]);
    expect(readFileSync(join(root, "src/save.ts"), "utf8")).toContain("atomicWriteFileSync(path");
    await expect(run({ cwd: project(files), mode: "write" })).rejects.toThrow(/pass allowNoVcs: true/);
  });

  it("makes a baseline that the next check lets pass", async () => {
    const root = project(files);
    expect((await run({ cwd: root, updateBaseline: true })).baseline?.added).toBe(2);
    expect(existsSync(join(root, "resource-codemod-baseline.txt"))).toBe(true);
    expect((await run({ cwd: root, mode: "check" })).exitCode).toBe(0);
  });

  it.each<readonly [string, object, string]>([
    ["an unknown key", { saftey: "likely" }, 'options: unknown key "saftey". Did you mean safety?'],
    ["a flag's spelling", { "allow-dirty": true }, "Did you mean allowDirty?"],
    ["an unknown mode", { mode: "fix" }, 'options: "mode": unknown value "fix".'],
    ["a mode of another type", { mode: 1 }, 'options: "mode": unknown value "1".'],
    ["an unknown level", { safety: "high" }, 'options: "safety": unknown value "high".'],
    ["a truth that is none", { strict: "yes" }, 'options: "strict" must be true or false, but it is "yes".'],
    ["paths that are no list", { paths: "src" }, 'options: "paths" must be a list, but it is "src".'],
    ["a path that is no text", { paths: [1] }, 'options: "paths"[0] must be a text'],
    ["a path that is not there", { paths: ["lib"] }, '"lib" does not exist in'],
    ["a folder that is not there", { cwd: "/nowhere/at/all" }, 'cwd: "/nowhere/at/all" is not a folder.'],
    ["a configuration that is not there", { config: "x.json" }, "config: there is no file"],
    ["a name that is none", { contextName: "1st" }, 'contextName: "1st" is not a name for a variable.'],
    ["two ways to find changes", { since: "main", changed: true }, "contradict each other"],
    ["a check that takes a selection", { select: "s.json", mode: "check" }, 'select and mode: "check"'],
    ["a transform that is not there", { transforms: ["./x.js"] }, "there is no file"],
    ["a resource without a way to release it", { resources: [{}] }, '"acquire" is missing'],
  ])("refuses %s", async (_, options, message) => {
    const wrong = run({ cwd: project(files), ...options });
    await expect(wrong).rejects.toMatchObject({ name: "ConfigError" });
    await expect(wrong).rejects.toThrow(message);
  });
});

describe("formatReport", () => {
  it("prints what the command prints", async () => {
    const root = project(files);
    const report = await run({ cwd: root });
    for (const form of ["diff", "markdown", "sarif", "gitlab", "junit"] as const)
      expect(await formatReport(report, form)).toBe(command(root, "--dry", "--reporter", form).stdout);
    expect(await formatReport(report, "pretty")).toContain("src/save.ts:4:3");
  });
});

/** Without what differs from run to run. */
function entriesOf(text: string): unknown {
  const report: Readonly<Record<string, unknown>> = JSON.parse(text);
  return { ...report, timings: null };
}
