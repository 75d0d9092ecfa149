import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { runAction, type Call, type Ran } from "../support/action.js";
import { git, project, put, repository } from "../support/project.js";
import { registry } from "../support/registry.js";

const writer = (name: string): string =>
  `import { writeFileSync } from "node:fs";\n\nexport function ${name}(path: string, text: string): void {\n  writeFileSync(path, text);\n}\n`;
const top = join(import.meta.dirname, "../..");
const manifest = `{ "name": "ports", "type": "module" }\n`;
const clean = { "package.json": manifest, "src/port.ts": "export const port = 1;\n" };

/** Our build, where a project has it installed. */
function installed(root: string): string {
  mkdirSync(join(root, "node_modules/.bin"), { recursive: true });
  const bin = join(root, "node_modules/.bin/resource-codemod");
  writeFileSync(bin, `#!/bin/sh\nexec '${process.execPath}' '${join(top, "dist/src/cli.js")}' "$@"\n`, {
    mode: 0o755,
  });
  return root;
}

const sample = (files: Readonly<Record<string, string>>): string => installed(repository(files));
const act = (root: string, call: Omit<Call, "root"> = {}): Promise<Ran> => runAction({ root, ...call });

test("is an action that GitHub takes", () => {
  const schemas = createRequire(import.meta.url).resolve("schemastore/package.json");
  const schema = readFileSync(join(schemas, "../schemas/json/github-action.json"), "utf8");
  const validate = new Ajv({ strict: false }).compile(JSON.parse(schema));
  const content: unknown = parse(readFileSync(join(top, "action.yml"), "utf8"));
  expect(validate(content) ? [] : validate.errors).toEqual([]);
});

test(
  "runs the packages as they are published, where the project has none",
  { timeout: 300_000 },
  async () => {
    const root = repository({ ...clean, "src/save.ts": writer("save") });
    const { env, close } = await registry();
    try {
      const ran = await act(root, { env });
      expect(ran.log).toContain("::error title=Unmanaged file write (writeFileSync),file=src/save.ts,line=4");
      expect(ran).toMatchObject({ ok: false, outputs: { "exit-code": "1", drift: "1" } });
      expect(ran.summary).toMatch(/^## 1 unmanaged resource in 1 file\n/);
      const wrong = await act(root, { env, inputs: { version: "9.9.9" } });
      expect(wrong).toMatchObject({ ok: false, outputs: { "exit-code": "2", drift: "", report: "" } });
    } finally {
      close();
    }
  },
);

describe("the action", () => {
  test("passes where nothing is new, and says what it has looked at", async () => {
    const ran = await act(sample(clean));
    expect(ran).toMatchObject({ ok: true, outputs: { "exit-code": "0", drift: "0", sarif: "", html: "" } });
    expect(ran.summary).toMatch(/^## No unmanaged resource needs changing\n/);
    const { report = "" } = ran.outputs;
    expect(JSON.parse(readFileSync(report, "utf8"))).toMatchObject({ version: 1, mode: "check" });
  });

  test("what a baseline accepts passes, and one that is missing does not", async () => {
    const root = sample({ ...clean, "src/save.ts": writer("save") });
    const arguments_ = { arguments: "--update-baseline\n", baseline: "accepted.txt" };
    expect((await act(root, { inputs: arguments_ })).ok).toBe(true);
    expect(await act(root, { inputs: { baseline: "accepted.txt" } })).toMatchObject({ ok: true });
    put(root, { "src/log.ts": writer("log") });
    expect(await act(root, { inputs: { baseline: "accepted.txt" } })).toMatchObject({
      ok: false,
      outputs: { drift: "1" },
    });
    put(root, { "src/save.ts": "export {};\n", "src/log.ts": "export {};\n" });
    const strict = await act(root, { inputs: { baseline: "accepted.txt", "strict-baseline": "true" } });
    expect(strict).toMatchObject({ ok: false, outputs: { "exit-code": "2" } });
    expect(await act(root, { inputs: { baseline: "none.txt" } })).toMatchObject({
      ok: false,
      log: expect.stringContaining("The answer cannot be trusted (exit code 2)"),
      outputs: { "exit-code": "2", drift: "" },
    });
  });

  test("fail-on-drift: false shows new sites and passes; what cannot be trusted fails all the same", async () => {
    const root = sample({ ...clean, "src/save.ts": writer("save") });
    const inputs = { "fail-on-drift": "false" };
    expect(await act(root, { inputs })).toMatchObject({
      ok: true,
      outputs: { "exit-code": "1", drift: "1" },
    });
    put(root, { "src/broken.ts": `${writer("broken")}function (` });
    expect(await act(root, { inputs })).toMatchObject({
      ok: false,
      outputs: { "exit-code": "2", drift: "1" },
    });
  });

  test("in a folder of the repository, its paths are those of the repository", async () => {
    const root = sample({ "web/package.json": manifest, "web/src/save.ts": writer("save") });
    const inputs = { "working-directory": "web", sarif: "out.sarif", html: "out.html" };
    const ran = await act(root, { inputs });
    expect(ran.log).toContain("file=web/src/save.ts,");
    expect(readFileSync(ran.outputs["sarif"] ?? "", "utf8")).toContain(`"uri": "web/src/save.ts"`);
    expect(ran.outputs["html"]).toBe(join(root, "web/out.html"));
    expect(existsSync(join(root, "web/out.html"))).toBe(true);
  });

  test("paths and arguments are one a line, and nothing in them is a command", async () => {
    const root = sample({ ...clean, "my src/save.ts": writer("save"), "src/log.ts": writer("log") });
    const inputs = { paths: "my src\n\n", arguments: "--skip-transform=spawn", annotations: "false" };
    const ran = await act(root, { inputs });
    expect(ran.outputs).toMatchObject({ drift: "1" });
    expect(ran.log).not.toContain("::error title=Unmanaged");
    const evil = await act(root, { inputs: { paths: `$(touch here)"; touch here; "` } });
    expect(evil.outputs).toMatchObject({ "exit-code": "2" });
    expect(existsSync(join(root, "here"))).toBe(false);
    expect((await act(root, { inputs: { safety: "sure" } })).log).toContain("--safety: unknown value");
  });
});

describe("changed-only", () => {
  /** A branch of a repository whose default branch went on, as GitHub merges them for a pull request. */
  function pullRequest(depth: readonly string[]): string {
    const origin = repository({ ...clean, "src/old.ts": writer("old") });
    git(origin, "switch", "-qc", "branch");
    for (let count = 0; count < 60; count++)
      git(origin, "commit", "-q", "--allow-empty", "-m", String(count));
    put(origin, { "src/new.ts": writer("fresh") });
    git(origin, "add", "-A");
    git(origin, "commit", "-qm", "new");
    git(origin, "switch", "-q", "main");
    put(origin, { "src/other.ts": writer("other") });
    git(origin, "add", "-A");
    git(origin, "commit", "-qm", "other");
    git(origin, "switch", "-qc", "merge");
    git(origin, "merge", "-q", "branch", "-m", "merge");
    const root = project();
    git(root, "clone", "-q", ...depth, "--single-branch", "-b", "merge", `file://${origin}`, "work");
    git(join(root, "work"), "checkout", "-q", "--detach");
    return installed(join(root, "work"));
  }

  test.each([
    ["of a shallow clone", ["--depth=1"]],
    ["of a whole clone", []],
  ])("looks at what a pull request changes %s", async (_, depth) => {
    const root = pullRequest(depth);
    const ran = await act(root, { inputs: { "changed-only": "true" }, github: { base_ref: "main" } });
    expect(ran.log).toContain("file=src/new.ts");
    expect(ran).toMatchObject({ ok: false, outputs: { drift: "1" } });
  });

  test("fetches until the branch meets its base, where the head itself was checked out", async () => {
    const root = pullRequest(["--depth=1"]);
    git(root, "fetch", "-q", "--depth=1", "origin", "branch");
    git(root, "checkout", "-q", "--detach", "FETCH_HEAD");
    const ran = await act(root, { inputs: { "changed-only": "true" }, github: { base_ref: "main" } });
    expect(ran.outputs).toMatchObject({ drift: "1" });
    expect(ran.log).toContain("file=src/new.ts");
  });

  test("looks at all files on a push, and in a merge queue at what is queued", async () => {
    const root = pullRequest(["--depth=1"]);
    const inputs = { "changed-only": "true" };
    expect((await act(root, { inputs })).outputs).toMatchObject({ drift: "3" });
    const queued = { base_ref: "", event: { merge_group: { base_ref: "refs/heads/main" } } };
    expect((await act(root, { inputs, github: queued })).outputs).toMatchObject({ drift: "1" });
  });

  test("a base that is not there is no answer", async () => {
    const call = { inputs: { "changed-only": "true" }, github: { base_ref: "gone" } };
    expect(await act(pullRequest([]), call)).toMatchObject({ ok: false, outputs: { "exit-code": "" } });
  });
});
