import { spawnSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { project, put } from "../../test/support/project.js";

const top = join(import.meta.dirname, "../..");

const parsers = `import resourceContext from "eslint-plugin-resource-context";
import tseslint from "typescript-eslint";
import * as vueParser from "vue-eslint-parser";

const files = [
  { files: ["**/*.ts"], languageOptions: { parser: tseslint.parser } },
  { files: ["**/*.vue"], languageOptions: { parser: vueParser, parserOptions: { parser: tseslint.parser } } },
];
`;
const configWith = (settings: object): string =>
  `${parsers}export default [...files, { ...resourceContext.configs.recommended, settings: { "resource-context": ${JSON.stringify(settings)} } }];\n`;

const open = `import { createServer } from "node:http";
import { writeFileSync } from "node:fs";

export function open() {
  return createServer();
}

export function save(path) {
  writeFileSync(path, "state");
}
`;
const files = {
  "package.json": '{ "type": "module", "engines": { "node": ">=20" } }',
  "src/open.js": open,
  "src/preview.ts": `import { spawn } from "node:child_process";

export function preview(file: string): void {
  const viewer = spawn("less", [file]);
  viewer.on("close", (code) => console.log(code));
}
`,
  "src/View.vue": `<template><p /></template>
<script setup lang="ts">
import { writeFileSync } from "node:fs";
const save = (path: string): void => writeFileSync(path, "state");
</script>
`,
  "src/idle.ts": "export const idle: number = 1;\n",
  "src/open.test.ts": `import { writeFileSync } from "node:fs";\nwriteFileSync("a", "b");\n`,
};

const serve = `import { once } from "node:events";
import { open } from "./open.js";

export async function serve(work) {
  const server = open();
  server.listen(0);
  await once(server, "listening");
  await work(server.address().port);
  server.close();
}
`;

/** Places and kinds that a run of the real ESLint reports. */
function lint(root: string, settings: object): readonly string[] {
  put(root, { "eslint.config.js": configWith(settings) });
  const bin = join(top, "node_modules/eslint/bin/eslint.js");
  const done = spawnSync(process.execPath, [bin, "--format", "json", "src"], { cwd: root, encoding: "utf8" });
  if (done.status === 2 || done.stdout === "") throw new Error(done.stderr);
  const results: readonly Result[] = JSON.parse(done.stdout);
  return results
    .flatMap(({ filePath, messages }) =>
      messages.map(
        ({ ruleId, line, column }) =>
          `${filePath.slice(root.length + 1)}:${String(line)}:${String(column)} ${ruleId ?? "fatal"}`,
      ),
    )
    .sort();
}

interface Result {
  readonly filePath: string;
  readonly messages: readonly {
    readonly ruleId: string | null;
    readonly line: number;
    readonly column: number;
  }[];
}

/** The same of a check by the command. */
function check(root: string): readonly string[] {
  const words = [join(top, "dist/src/cli.js"), "--check", "--reporter", "json", "src"];
  const done = spawnSync(process.execPath, words, { cwd: root, encoding: "utf8" });
  const report: Report = JSON.parse(done.stdout);
  return report.files
    .flatMap(({ path, findings }) =>
      findings
        .filter((one) => one.action === "rewrite" && one.status === "new" && one.level === "safe")
        .map(
          ({ line, column, kind }) =>
            `${path}:${String(line)}:${String(column)} resource-context/unmanaged-${kind}`,
        ),
    )
    .sort();
}

interface Report {
  readonly files: readonly { readonly path: string; readonly findings: readonly Entry[] }[];
}

interface Entry {
  readonly line: number;
  readonly column: number;
  readonly kind: string;
  readonly action: string;
  readonly status: string;
  readonly level: string;
}

function linted(more: Readonly<Record<string, string>> = {}): string {
  const root = project({ ...files, ...more });
  mkdirSync(join(root, ".git"));
  mkdirSync(join(root, "node_modules"));
  for (const [name, folder] of [
    ["eslint-plugin-resource-context", "eslint-plugin"],
    ["resource-codemod", "."],
    ["typescript-eslint", "node_modules/typescript-eslint"],
    ["vue-eslint-parser", "node_modules/vue-eslint-parser"],
  ] as const)
    symlinkSync(join(top, folder), join(root, "node_modules", name));
  return root;
}

describe("a real run of ESLint", () => {
  it("finds in TypeScript, JavaScript and Vue what a check finds there", () => {
    const root = linted();
    const found = lint(root, {});
    expect(found).toEqual([
      "src/View.vue:4:38 resource-context/unmanaged-file-write",
      "src/open.js:9:3 resource-context/unmanaged-file-write",
      "src/preview.ts:4:18 resource-context/unmanaged-child-process",
    ]);
    expect(found).toEqual(check(root));
  });

  it("knows functions of other files with the whole project only", () => {
    const root = linted({ "src/serve.js": serve });
    const site = "src/serve.js:5:18 resource-context/unmanaged-server";
    expect(lint(root, { edits: false })).not.toContain(site);
    const found = lint(root, { scope: "project", edits: false });
    expect(found).toContain(site);
    expect(found).toEqual(check(root));
  });

  it("knows of tests that replace a module with the whole project only", () => {
    const root = linted({
      "src/save.test.ts": `import { vi } from "vitest";\nimport { save } from "./open.js";\nvi.mock("node:fs");\nsave("a");\n`,
    });
    const site = "src/open.js:9:3 resource-context/unmanaged-file-write";
    expect(lint(root, { edits: false })).toContain(site);
    const found = lint(root, { scope: "project", edits: false });
    expect(found).not.toContain(site);
    expect(found).toEqual(check(root));
  });

  it("reads the configuration of the project, whatever it is written in, and its baseline", () => {
    const root = linted({
      "resource-codemod.config.ts": `import { defineConfig, defineResource } from "resource-codemod";
export default defineConfig({
  ignore: ["*.vue"],
  resources: [
    defineResource({
      id: "gates#openGate",
      acquire: { module: "gates", call: "openGate" },
      release: [{ by: "method", name: "close" }],
    }),
  ],
});
`,
      "src/gate.ts": `import { openGate } from "gates";

export async function pass(name: string): Promise<void> {
  const gate = openGate(name);
  await gate.pass();
  gate.close();
}
`,
    });
    const gate = "src/gate.ts:4:16 resource-context/unmanaged-connection";
    const viewer = "src/preview.ts:4:18 resource-context/unmanaged-child-process";
    const found = lint(root, {});
    expect(found).toEqual([gate, "src/open.js:9:3 resource-context/unmanaged-file-write", viewer]);
    expect(found).toEqual(check(root));
    const words = [join(top, "dist/src/cli.js"), "--update-baseline"];
    expect(spawnSync(process.execPath, words, { cwd: root, encoding: "utf8" }).status).toBe(0);
    writeFileSync(join(root, "src/later.ts"), files["src/preview.ts"]);
    expect(lint(root, {})).toEqual([viewer.replace("preview", "later")]);
  });
});
