import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Linter, RuleTester } from "eslint";
import tseslint from "typescript-eslint";
import { afterAll, describe, expect, it } from "vitest";
import * as vueParser from "vue-eslint-parser";
import plugin from "../src/index.js";

RuleTester.describe = describe;
RuleTester.it = it;

const root = realpathSync(mkdtempSync(join(tmpdir(), "rules-")));
afterAll(() => rmSync(root, { recursive: true, force: true }));
mkdirSync(join(root, ".git"));
writeFileSync(join(root, "package.json"), '{ "type": "module", "engines": { "node": ">=20" } }');

const settings = { "resource-context": { cwd: root } };
const at = (file: string): string => join(root, file);
const ruleOf = (name: string) => {
  const rule = plugin.rules?.[name];
  if (rule === undefined || typeof rule === "function") throw new Error(`There is no rule ${name}.`);
  return rule;
};
const typescript = new RuleTester({ languageOptions: { parser: tseslint.parser } });
const javascript = new RuleTester();

const viewer = `import { spawn } from "node:child_process";

export function preview(file) {
  const viewer = spawn("less", [file], { stdio: "inherit" });
  viewer.on("close", (code) => console.log(code));
}
`;
const closes = `spawn: Only its "close" event ends it: when the program is interrupted, it lives on.`;
const rewritten = viewer
  .replace(`process";\n`, `process";\nimport { ResourceContext } from "resource-context";\n`)
  .replace(`spawn("less", [file], { stdio: "inherit" })`, (call) => `ResourceContext.root.process(${call})`);

javascript.run("unmanaged-child-process", ruleOf("unmanaged-child-process"), {
  valid: [
    { name: "awaited and finite", code: `import { execSync } from "node:child_process";\nexecSync("ls");\n` },
    { name: "rewritten already", code: rewritten },
    {
      name: "a kind of another rule",
      code: `import { writeFileSync } from "fs";\nwriteFileSync("a", "b");\n`,
    },
    {
      name: "accepted by a comment",
      code: viewer.replace(
        "  const viewer",
        "  // resource-codemod-ignore-next-line spawn: the terminal ends it\n  const viewer",
      ),
    },
    { name: "a test, by its name", code: viewer, filename: at("src/preview.test.js") },
    { name: "generated", code: `// @generated\n${viewer}` },
    { name: "outside of the project", code: viewer, filename: join(tmpdir(), "elsewhere.js") },
    { name: "not a transform that was asked for", code: viewer, settings: only({ transform: ["timers"] }) },
    { name: "ignored", code: viewer, settings: only({ ignore: ["src/*.js"] }) },
  ].map((one) => ({ filename: at("src/preview.js"), settings, ...one })),
  invalid: [
    {
      name: "ended by an event only",
      filename: at("src/preview.js"),
      settings,
      code: viewer,
      errors: [
        {
          message: closes,
          line: 4,
          column: 18,
          endLine: 4,
          endColumn: 61,
          suggestions: [{ messageId: "rewrite", output: rewritten }],
        },
      ],
    },
    {
      name: "a test, where tests are asked for",
      filename: at("src/preview.test.js"),
      settings: only({ includeTests: true }),
      code: viewer,
      errors: [{ message: closes, suggestions: [{ messageId: "rewrite", output: rewritten }] }],
    },
    {
      name: "without edits",
      filename: at("src/preview.js"),
      settings: only({ edits: false }),
      code: viewer,
      errors: [{ message: closes }],
    },
  ],
});

typescript.run("unmanaged-file-write", ruleOf("unmanaged-file-write"), {
  valid: [
    {
      name: "appended to",
      filename: at("src/save.ts"),
      settings,
      code: `import { writeFileSync } from "node:fs";\nwriteFileSync("a.log", "b", { flag: "a" });\n`,
    },
  ],
  invalid: [
    {
      name: "two writes, each with a suggestion of its own",
      filename: at("src/save.ts"),
      settings,
      code: `import { writeFileSync } from "node:fs";

export function save(path: string, state: object): void {
  writeFileSync(path, JSON.stringify(state));
  writeFileSync("latest", path);
}
`,
      errors: [
        {
          line: 4,
          message: "writeFileSync: Interrupted in the middle, it leaves a torn file.",
          suggestions: [{ messageId: "rewrite", output: saved("latest") }],
        },
        {
          line: 5,
          message: "writeFileSync: Interrupted in the middle, it leaves a torn file.",
          suggestions: [{ messageId: "rewrite", output: saved("path") }],
        },
      ],
    },
  ],
});

typescript.run("unmanaged-connection", ruleOf("unmanaged-connection"), {
  valid: [],
  invalid: [
    {
      name: "a resource that the settings define",
      filename: at("src/gate.ts"),
      settings: only({
        safety: "likely",
        resources: [
          {
            id: "gates#openGate",
            acquire: { module: "gates", call: "openGate" },
            release: [{ by: "method", name: "close" }],
          },
        ],
      }),
      code: `import { openGate } from "gates";

export async function pass(name: string): Promise<void> {
  const gate = openGate(name);
  await gate.pass();
  gate.close();
}
`,
      errors: [
        {
          message: "openGate: A throw before its end leaves the connection behind.",
          line: 4,
          suggestions: 1,
        },
      ],
    },
  ],
});

new RuleTester({ languageOptions: { parser: vueParser } }).run(
  "unmanaged-child-process in a component",
  ruleOf("unmanaged-child-process"),
  {
    valid: [],
    invalid: [
      {
        name: "at its place in the file",
        filename: at("src/Preview.vue"),
        settings,
        code: `<template><p>{{ file }}</p></template>\n<script>\n${viewer}</script>\n`,
        errors: [{ message: closes, line: 6, column: 18, suggestions: 1 }],
      },
    ],
  },
);

javascript.run("suppressions", ruleOf("suppressions"), {
  valid: [],
  invalid: [
    {
      name: "no reason, and nothing to accept",
      filename: at("src/idle.js"),
      settings,
      code: `// resource-codemod-ignore-next-line spawn
export const a = 1;
// resource-codemod-ignore-next-line timers: it ends by itself
export const b = 2;
`,
      errors: [
        { line: 1, message: /gives no reason/ },
        { line: 3, message: /accepts nothing/ },
      ],
    },
  ],
});

new RuleTester({ languageOptions: { sourceType: "script" } }).run("understood", ruleOf("understood"), {
  valid: [
    {
      name: "a file without resources",
      code: "<!-- a comment of old\n1;\n",
      filename: at("a.cjs"),
      settings,
    },
  ],
  invalid: [
    {
      name: "a text that TypeScript does not read",
      filename: at("src/old.cjs"),
      settings,
      code: `<!-- a comment of old\nrequire("child_process").spawn("ls");\n`,
      errors: [{ line: 1, message: /^This file cannot be analysed \(parse\): 1:1 / }],
    },
  ],
});

describe("the plugin", () => {
  const verify = (given: unknown): string =>
    catching(() =>
      new Linter({ cwd: root }).verify(
        viewer,
        [{ ...plugin.configs.recommended, settings: { "resource-context": given } }],
        at("src/preview.js"),
      ),
    );

  it.each([
    ["a list", "likely", 'settings["resource-context"] must be an object'],
    [
      "an unknown key",
      { safty: "likely" },
      'settings["resource-context"]: unknown key "safty". Did you mean safety?',
    ],
    ["an unknown level", { safety: "high" }, 'settings["resource-context"]: "safety": unknown value "high".'],
    ["an unknown scope", { scope: "all" }, 'settings["resource-context"]: "scope": unknown value "all".'],
    ["a folder that is not there", { cwd: "/nowhere" }, '"/nowhere" is not a folder.'],
  ])("refuses %s as settings", (_, given, message) => {
    expect(verify(given)).toContain(message);
  });

  it("has a page for every rule", () => {
    const pages = Object.keys(plugin.rules ?? {}).map((name) => ruleOf(name).meta?.docs?.url ?? "");
    const folder = join(import.meta.dirname, "../../docs");
    const lost = pages.filter((url) => !existsSync(join(folder, url.split("/docs/")[1] ?? "none")));
    expect(lost).toEqual([]);
    expect(pages.length).toBe(25);
  });
});

function only(more: object): Record<string, object> {
  return { "resource-context": { cwd: root, ...more } };
}

function saved(left: "latest" | "path"): string {
  const call = (name: string, text: string): string =>
    `  ${left === name ? "writeFileSync" : "atomicWriteFileSync"}(${text});\n`;
  return `import { writeFileSync } from "node:fs";
import { atomicWriteFileSync } from "resource-context";

export function save(path: string, state: object): void {
${call("path", "path, JSON.stringify(state)")}${call("latest", '"latest", path')}}
`;
}

function catching(work: () => unknown): string {
  try {
    return JSON.stringify(work());
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : String(thrown);
  }
}
