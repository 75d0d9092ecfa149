import { describe, expect, test } from "vitest";
import { command } from "../support/command.js";
import { git, project, put, repository } from "../support/project.js";

const writer = `import { writeFileSync } from "node:fs";\n\nexport function save(path: string, text: string): void {\n  writeFileSync(path, text);\n}\n`;
const child = `import { spawn } from "node:child_process";\n\nexport const convert = (file: string) => spawn("convert", [file], { detached: true });\n`;
const tsconfig = `{ "compilerOptions": { "target": "ES2022" } }\n`;
const packages = {
  "package.json": `{ "name": "root", "devDependencies": { "typescript": "^5.9.0" } }\n`,
  "tsconfig.json": tsconfig,
  "pnpm-lock.yaml": "",
  "packages/api/package.json": `{ "name": "api", "dependencies": { "resource-context": "^0.1.0" } }\n`,
  "packages/api/src/save.ts": writer,
  "packages/api/src/log.ts": writer,
  "packages/web/package.json": `{ "name": "web" }\n`,
  "packages/web/src/save.js": writer.replaceAll(/: (?:string|void)/g, ""),
  "packages/web/src/convert.ts": child,
};

function healthOf(root: string, ...args: readonly string[]): unknown {
  const { status, stdout, stderr } = command(root, "doctor", "--reporter", "json", ...args);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return JSON.parse(stdout);
}

describe("doctor", () => {
  test("sites by kind and verdict, packages, scopes with their reason, and what to do first", () => {
    const root = repository(packages);
    expect(healthOf(root)).toMatchObject({
      version: 1,
      git: "clean",
      configs: [],
      baseline: null,
      packages: [
        {
          manifest: "packages/api/package.json",
          command: "pnpm install",
          runtime: "^0.1.0",
          changes: 2,
          scopes: [{ form: "using", because: "TypeScript compiles it to ES2022", files: ".ts" }],
        },
        {
          manifest: "packages/web/package.json",
          runtime: null,
          changes: 1,
          scopes: [
            { form: "using" },
            { form: "try-finally", because: expect.stringContaining("Node 24"), files: ".js" },
          ],
        },
      ],
      kinds: [
        { kind: "file-write", counts: { safe: 3, left: 0 }, verdicts: { local: 3 } },
        { kind: "child-process", counts: { safe: 0, left: 1 }, verdicts: { "moved-out": 1 } },
      ],
      folders: [{ folder: "packages/api", changes: 2 }, { folder: "packages/web" }],
    });
    const { stdout } = command(root, "doctor");
    expect(stdout).toMatch(/^ {2}file-write +3 +0 +0 +0 +0$/m);
    expect(stdout).toMatch(
      /1\. Look at the changes: npx resource-codemod --dry packages\/api \(2 of 3 at level safe\)/,
    );
    expect(git(root, "status", "--porcelain")).toBe("");
  });

  test("what hinders comes first: no git, files that are no code, uncommitted changes, configurations below", () => {
    const root = repository({ ...packages, "packages/web/resource-codemod.config.json": "{}\n" });
    put(root, { "packages/web/src/bad.ts": writer + "function (", "packages/api/src/log.ts": writer + "\n" });
    const { status, stdout } = command(root, "doctor");
    expect(status).toBe(2);
    expect(stdout).toMatch(/1\. Mend packages\/web\/src\/bad\.ts, or leave it out/);
    expect(stdout).toMatch(/2\. packages\/web\/resource-codemod\.config\.json: not read by a run from here/);
    expect(stdout).toMatch(/3\. Commit or stash/);
  });

  test("without git and without a package.json there are steps all the same", () => {
    const root = project({ "src/save.js": writer.replaceAll(/: (?:string|void)/g, "") });
    expect(healthOf(root)).toMatchObject({
      git: "none",
      packages: [],
      steps: [/under git/, /--dry src \(1 of 1/, /--write src\.$/, /init/].map((part) =>
        expect.stringMatching(part),
      ),
    });
  });

  test("after init and a write there is nothing left but to keep it so", () => {
    const root = repository(packages);
    command(root, "--write");
    git(root, "add", "-A");
    git(root, "commit", "-qm", "managed");
    command(root, "init", "--ci", "github");
    expect(healthOf(root)).toMatchObject({ steps: ["Keep it so: npx resource-codemod --check in CI."] });
  });

  test("a flag that it does not read, and a form that it does not have", () => {
    const root = repository(packages);
    expect(command(root, "doctor", "--write")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining(`--write is no flag of "doctor"`),
    });
    expect(command(root, "doctor", "--reporter", "sarif")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining(`doctor cannot be written as "sarif"`),
    });
  });
});
