import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { format, type Formatted } from "../../src/format/format.js";
import { splice } from "../../src/rewrite/rewrite.js";
import type { Options } from "../../src/types.js";
import { spawn } from "../../transforms/spawn.js";
import { asyncFunctions } from "../../transforms/async-functions.js";
import { planFor, root, scoped, scopeIn } from "../rewrite/plans.js";

let project: string;
beforeEach(() => {
  project = mkdtempSync(path.join(os.tmpdir(), "format-"));
});
afterEach(() => rmSync(project, { recursive: true, force: true }));

function put(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(project, file)), { recursive: true });
  writeFileSync(path.join(project, file), text);
}

const call = 'spawn("convert", [input, "-resize", "100x100", "png:-"])';

/** Adopts `call` in the source and formats the result as the file `src/a.ts` of the project. */
async function adopted(
  source: string,
  more: { readonly style?: Options["format"]; readonly file?: string } = {},
): Promise<Formatted> {
  const plan = planFor(source, [root(source, call)]);
  const rewritten = splice(source, spawn.edits(plan, source));
  return format({
    path: path.join(project, more.file ?? "src/a.ts"),
    before: source,
    rewritten,
    style: more.style ?? "auto",
  });
}

const clean = `export function run(input: string) {
  const child = ${call};
  return child.pid;
}
`;
const spliced = clean.replace(call, `ResourceContext.root.process(${call})`);
const broken = `export function run(input: string) {
  const child = ResourceContext.root.process(
    spawn("convert", [input, "-resize", "100x100", "png:-"]),
  );
  return child.pid;
}
`;

describe("with a configuration", () => {
  it("breaks a call that got too long as the project would", async () => {
    put(".prettierrc", "{}");
    expect(await adopted(clean)).toEqual({ text: broken, note: null });
  });

  it("follows its print width and overrides", async () => {
    put(".prettierrc", JSON.stringify({ overrides: [{ files: "src/*.ts", options: { printWidth: 120 } }] }));
    expect((await adopted(clean)).text).toBe(spliced);
  });

  it("follows its tabs and commas", async () => {
    put(".prettierrc", JSON.stringify({ useTabs: true, trailingComma: "none" }));
    const tabs = clean.replaceAll("  ", "\t");
    expect((await adopted(tabs)).text).toContain(
      'process(\n\t\tspawn("convert", [input, "-resize", "100x100", "png:-"])\n\t);\n',
    );
  });

  it("reads .editorconfig", async () => {
    put(".prettierrc", "{}");
    put(".editorconfig", "root = true\n[*]\nmax_line_length = 120\n");
    expect((await adopted(clean)).text).toBe(spliced);
  });

  it("keeps CRLF whatever the configuration says", async () => {
    put(".prettierrc", '{ "endOfLine": "lf" }');
    expect((await adopted(clean.replaceAll("\n", "\r\n"))).text).toBe(broken.replaceAll("\n", "\r\n"));
  });

  it("honours .prettierignore", async () => {
    put(".prettierrc", "{}");
    put(".prettierignore", "src/a.ts\n");
    expect((await adopted(clean)).text).toBe(spliced);
  });

  it("notes a plugin that cannot be loaded, and goes on without", async () => {
    put(".prettierrc", '{ "plugins": ["prettier-plugin-that-is-not-installed"] }');
    const { text, note } = await adopted(clean);
    expect(text).toBe(spliced);
    expect(note).toMatch(/Not formatted: .*prettier-plugin-that-is-not-installed/);
  });

  it("touches nothing outside of the edited statement in a file that is not formatted", async () => {
    put(".prettierrc", "{}");
    const messy = `export const  port=80\n${clean}export const host = 'x'\n`;
    expect((await adopted(messy)).text).toBe(`export const  port=80\n${broken}export const host = 'x'\n`);
  });

  it("keeps the shape of a statement that was not formatted", async () => {
    put(".prettierrc", "{}");
    const messy = clean.replace("const child =", "const  child =");
    const { text, note } = await adopted(messy);
    expect(text).toBe(spliced.replace("const child =", "const  child ="));
    expect(note).toBe("Not formatted: 1 of 1 edited statements.");
  });

  it.each(["// @ts-expect-error old types", "// eslint-disable-next-line no-restricted-syntax"])(
    "does not break a line below %s",
    async (directive) => {
      put(".prettierrc", "{}");
      const above = (text: string): string => text.replace("  const child", `  ${directive}\n  const child`);
      expect((await adopted(above(clean))).text).toBe(above(spliced));
    },
  );

  it("keeps the bytes of template literals and formats the try block around them", async () => {
    put(".prettierrc", "{}");
    const template = "html`\n   <b>  ${x}</b>\n`";
    const source = `async function f(x: string) {\n  const c = spawn(x);\n  const t = ${template};\n  await done(c, t, "a long enough text to come close to the limit");\n}\n`;
    const block = source.slice(source.indexOf("{"), -1);
    const verbatim = [{ start: source.indexOf("`"), end: source.lastIndexOf("`") + 1 }];
    const scope = scopeIn(source, block, { from: "const c", syntax: "try-finally", verbatim });
    const plan = planFor(source, [scoped(source, "spawn(x)", scope)]);
    const rewritten = splice(source, [...spawn.edits(plan, source), ...asyncFunctions.edits(plan, source)]);
    const { text, note } = await format({
      path: path.join(project, "a.ts"),
      before: source,
      rewritten,
      style: "auto",
    });
    expect(note).toBeNull();
    expect(text).toContain(template);
    expect(text).toContain("    const c = ctx.process(spawn(x));\n");
  });
});

describe("without a configuration", () => {
  it("does nothing where the project has no prettier", async () => {
    expect(await adopted(clean)).toEqual({ text: spliced, note: null });
  });

  it("formats all the same when asked to", async () => {
    expect((await adopted(clean, { style: "prettier" })).text).toBe(broken);
    expect((await adopted(clean, { style: "none" })).text).toBe(spliced);
  });

  it("uses the prettier that the project has, for files that it formats", async () => {
    installPrettier();
    expect((await adopted(clean)).text).toBe(broken);
    const foreign = clean.replaceAll(";", "");
    expect(await adopted(foreign)).toEqual({ text: spliced.replaceAll(";", ""), note: null });
  });

  it("notes a prettier that cannot be used", async () => {
    put("node_modules/prettier/package.json", '{ "name": "prettier", "main": "index.js" }');
    put("node_modules/prettier/index.js", "module.exports = { format: (text) => text };");
    expect(await adopted(clean)).toEqual({
      text: spliced,
      note: "Not formatted: the project's prettier is too old",
    });
  });
});

function installPrettier(): void {
  const own = path.join(import.meta.dirname, "../../node_modules/prettier");
  cpSync(own, path.join(project, "node_modules/prettier"), { recursive: true });
}
