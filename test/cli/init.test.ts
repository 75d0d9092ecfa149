import { chmodSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { command } from "../support/command.js";
import { git, project, put, repository } from "../support/project.js";

const writer = `import { writeFileSync } from "node:fs";\n\nexport function save(path: string, text: string): void {\n  writeFileSync(path, text);\n}\n`;
const manifest = `{ "name": "ports", "type": "module" }\n`;
const sample = (files: Readonly<Record<string, string>> = {}): string =>
  repository({ "package.json": manifest, "src/save.ts": writer, ...files });
const status = (root: string): string => git(root, "status", "--porcelain", "-uall");
const workflow = ".github/workflows/resource-codemod.yml";
const config = "resource-codemod.config.json";
const baseline = "resource-codemod-baseline.txt";

describe("init", () => {
  test("--dry shows all of it and writes nothing", () => {
    const root = sample({ ".github/dependabot.yml": "version: 2\n" });
    const { status: code, stdout, stderr } = command(root, "init", "--dry");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    for (const name of [config, workflow, baseline]) expect(stdout).toContain(`would create  ${name}`);
    expect(stdout).toContain("it accepts 1 site");
    expect(status(root)).toBe("");
  });

  test("a check passes after it, and fails for what is new; again it changes nothing", () => {
    const root = sample({ ".github/dependabot.yml": "version: 2\n" });
    expect(command(root, "init")).toMatchObject({ status: 0, stderr: "" });
    expect(status(root)).toBe(`?? ${workflow}\n?? ${baseline}\n?? ${config}\n`);
    expect(command(root, "--check").status).toBe(0);
    put(root, { "src/log.ts": writer });
    expect(command(root, "--check").status).toBe(1);
    git(root, "add", "-A");
    const again = command(root, "init");
    expect(again.stdout).toMatch(/^is there {6}resource-codemod\.config\.json\nis there {6}\.github/);
    expect(again.stdout).not.toContain("created");
    expect(git(root, "diff")).toBe("");
  });

  test("never overwrites, and sets up where the nearest configuration is another one", () => {
    const root = sample({
      [workflow]: "mine\n",
      [config]: `{ "safety": "likely" }\n`,
      "web/port.ts": writer,
    });
    expect(command(root, "init", "--cwd", "web", "--ci=github")).toMatchObject({ status: 0, stderr: "" });
    expect(status(root)).toBe(`?? web/${baseline}\n`);
  });

  test("a project that cannot be looked at gets nothing", () => {
    const root = repository({ "README.md": "no code\n" });
    expect(command(root, "init")).toMatchObject({ status: 2, stdout: "" });
    expect(status(root)).toBe("");
  });

  test("a workflow that GitHub takes, which leads to the folder of the project", () => {
    const root = sample({ "web/save.ts": writer });
    command(root, "init", "--ci", "github", "--cwd", "web");
    const content: unknown = parse(readFileSync(join(root, workflow), "utf8"));
    const schemas = createRequire(import.meta.url).resolve("schemastore/package.json");
    const schema = readFileSync(join(schemas, "../schemas/json/github-workflow.json"), "utf8");
    const validate = new Ajv({ strict: false }).compile(JSON.parse(schema));
    expect(validate(content) ? [] : validate.errors).toEqual([]);
    expect(content).toMatchObject({
      jobs: {
        check: { steps: [{}, {}, { run: expect.stringMatching(/@\d+\.\d+\.\d+ --check .* --cwd web$/) }] },
      },
    });
  });

  test("GitLab: a job, and how to take it in where there is a pipeline", () => {
    const root = sample({ ".gitlab-ci.yml": "stages: [test]\n" });
    const { stdout } = command(root, "init");
    expect(stdout).toContain(
      "add this to .gitlab-ci.yml:\n\n    include:\n      - local: .gitlab/resource-codemod.yml",
    );
    expect(parse(readFileSync(join(root, ".gitlab/resource-codemod.yml"), "utf8"))).toMatchObject({
      "resource-codemod": { artifacts: { reports: { codequality: "gl-code-quality-report.json" } } },
    });
    const bare = sample();
    command(bare, "init", "--ci=gitlab");
    expect(parse(readFileSync(join(bare, ".gitlab-ci.yml"), "utf8"))).toEqual({
      include: [{ local: ".gitlab/resource-codemod.yml" }],
    });
  });

  test.each([
    [".pre-commit-config.yaml", "repos: []\n", "- repo: local"],
    [".husky/pre-commit", "npm test\n", "npx resource-codemod --check --staged"],
    [".lintstagedrc.json", "{}\n", `vue,svelte}": "resource-codemod --check --staged"`],
  ])("a snippet for %s", (name, content, expected) => {
    const root = sample({ [name]: content });
    expect(command(root, "init").stdout).toContain(expected);
    expect(readFileSync(join(root, name), "utf8")).toBe(content);
  });

  test("the hook that it shows stops a commit", () => {
    const root = sample();
    const { stdout } = command(root, "init");
    const entry = join(import.meta.dirname, "../../node_modules/tsx/dist/esm/index.mjs");
    const cli = join(import.meta.dirname, "../../src/cli.ts");
    const hook = /#!\/bin\/sh\n.*exec npx resource-codemod.*/.exec(stdout)?.[0] ?? "";
    const own = hook.replace("npx resource-codemod", `'${process.execPath}' --import '${entry}' '${cli}'`);
    put(root, { ".git/hooks/pre-commit": own.replace(/^ +/gm, "") });
    chmodSync(join(root, ".git/hooks/pre-commit"), 0o755);
    git(root, "add", "-A");
    git(root, "commit", "-qm", "set up");
    put(root, { "src/log.ts": writer });
    git(root, "add", "-A");
    expect(() => git(root, "commit", "-qm", "log")).toThrow(/1 unmanaged resource in 1 file/);
  });

  test("takes no paths", () => {
    expect(command(project(), "init", "src")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining(`init takes no paths, but "src" was given.`),
    });
  });
});
