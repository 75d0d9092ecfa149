import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { editsBetween } from "../../src/api/edits.js";
import {
  OpenProject,
  OpenProjects,
  type SourceFindings,
  type SourceOptions,
} from "../../src/api/open-project.js";
import { run } from "../../src/run.js";
import { type Fixture, readFixtures } from "../support/fixtures.js";
import { optionsFor, project, put } from "../support/project.js";

const manifest = { "package.json": '{ "type": "module", "engines": { "node": ">=20" } }\n' };
const save = `import { writeFileSync } from "node:fs";
export const save = (path, text) => writeFileSync(path, text);
`;

async function ask(path: string, text: string, options: SourceOptions = {}): Promise<SourceFindings> {
  const opened = await OpenProject.open({ cwd: project(manifest), ...options });
  return opened.findingsIn({ path, text });
}

describe("one text", () => {
  it("needs no file", async () => {
    const root = project(manifest);
    const found = await ask("src/save.js", save, { cwd: root });
    expect(existsSync(join(root, "src"))).toBe(false);
    expect(found).toMatchObject({
      status: "analysed",
      file: "src/save.js",
      findings: [{ isDrift: true, problem: null, finding: { acquisition: { kind: "file-write", line: 2 } } }],
    });
  });

  it.each<readonly [string, string, string, SourceOptions, string]>([
    ["a test", "src/save.test.js", save, {}, "test"],
    ["what loads a test runner", "src/help.js", `import test from "node:test";\n${save}`, {}, "test"],
    ["what a generator wrote", "src/save.js", `// @generated\n${save}`, {}, "generated"],
    ["a dependency", "node_modules/save/index.js", save, {}, "dependency"],
    ["declarations", "src/save.d.ts", "export const a: 1;", {}, "declaration"],
    ["what is ignored", "src/save.js", save, { ignore: ["src/"] }, "ignored"],
    ["what lies elsewhere", "../save.js", save, {}, "outside"],
    ["what is no source", "<input>", save, {}, "outside"],
  ])("is passed over when it is %s", async (_, path, text, options, reason) => {
    expect(await ask(path, text, options)).toMatchObject({ status: "passed-over", reason });
  });

  it("that does not parse is no text without findings", async () => {
    expect(await ask("src/save.js", `${save}const = 1;\n`)).toMatchObject({
      status: "failed",
      stage: "parse",
    });
  });

  it("has the edits of each site, apart from those of the others", async () => {
    const text = `${save}export const copy = (from, to) => writeFileSync(to, from);\n`;
    const found = await ask("src/save.js", text);
    expect(resultsOf(found, text)).toEqual([
      text
        .replace("=> writeFileSync(path", "=> atomicWriteFileSync(path")
        .replace(`node:fs";\n`, `node:fs";\nimport { atomicWriteFileSync } from "resource-context";\n`),
      text
        .replace("=> writeFileSync(to", "=> atomicWriteFileSync(to")
        .replace(`node:fs";\n`, `node:fs";\nimport { atomicWriteFileSync } from "resource-context";\n`),
    ]);
  });

  it("has none where they are not wanted, and none for what is no drift", async () => {
    expect(resultsOf(await ask("a.js", save, { edits: false }), save)).toEqual([save]);
    const comment = "// resource-codemod-ignore-next-line file-writes: a cache\n";
    const kept = save.replace("export", `${comment}export`);
    expect(await ask("a.js", kept)).toMatchObject({
      findings: [
        { isDrift: false, edits: [], finding: { standing: { is: "suppressed", reason: "a cache" } } },
      ],
    });
  });

  it("is refused with options that are wrong", async () => {
    await expect(ask("a.js", save, { cwd: "/nowhere/at/all" })).rejects.toThrow("is not a folder");
  });
});

/** One file each; every seventh, in the order of the transforms. */
const fixtures = readFixtures()
  .filter(
    ({ files, settings }) =>
      files.length === 1 && settings.path === undefined && settings.transforms === undefined,
  )
  .filter((_, index) => index % 7 === 0);

describe("a text is decided as a run decides the file", () => {
  it.each(fixtures.map((one) => [`${one.transform}/${one.name}`, one] as const))("%s", async (_, fixture) => {
    const [file] = fixture.files;
    if (file === undefined) throw new Error("A fixture has a file.");
    const root = packageOf(fixture);
    put(root, { [file.path]: file.input });
    const { strict, contextName, emit, syntax, safety } = { ...optionsFor(root), ...fixture.settings };
    const settings = { strict, contextName, emit, syntax, safety: safety ?? "unsafe" };
    const { files } = await run(optionsFor(root, { ...settings, includeTests: true }));
    const outcome = files.find((one) => one.file === file.path);
    const found = await ask(file.path, file.input, { ...settings, cwd: root, includeTests: true });
    if (found.status !== "analysed") throw new Error(JSON.stringify(found));
    expect(found.findings.map(({ finding }) => finding)).toEqual(outcome?.findings ?? []);
    expect(found.findings.map(({ problem }) => problem)).toEqual(found.findings.map(() => null));
    const after = outcome?.status === "changed" ? outcome.after : file.input;
    if (found.findings.length === 1) expect(resultsOf(found, file.input)).toEqual([after]);
  });
});

describe("open projects", () => {
  it("are opened once for the same options", async () => {
    const projects = new OpenProjects();
    const options = { cwd: project(manifest), scope: "project" } as const;
    put(options.cwd, { "a.js": save });
    expect(await projects.get(options)).toBe(await projects.get({ ...options }));
    expect(await projects.get(options)).not.toBe(await projects.get({ ...options, strict: true }));
  });
});

describe("edits between two texts", () => {
  it.each([
    ["", "a"],
    ["a", ""],
    ["a\nb\nc\n", "a\nc\n"],
    ["a\nb", "a\nb\n"],
    ["a\r\nb\r\n", "x\r\na\r\nbb\r\n"],
    ["aaa\n", "aaaa\n"],
    ["one\ntwo\nthree\nfour", "one\n2\nthree\n4\nfive"],
  ])("%j to %j", (before, after) => {
    expect(applied(before, editsBetween(before, after))).toBe(after);
  });
});

function packageOf({ settings }: Fixture): string {
  return project({
    "package.json": JSON.stringify({ type: settings.type ?? "module", engines: { node: ">=20" } }),
  });
}

/** The text after the edits of each finding, one finding at a time. */
function resultsOf(found: SourceFindings, text: string): readonly string[] {
  if (found.status !== "analysed") throw new Error(JSON.stringify(found));
  return found.findings.map(({ edits }) => applied(text, edits));
}

function applied(text: string, edits: ReturnType<typeof editsBetween>): string {
  return [...edits]
    .reverse()
    .reduce(
      (result, { start, end, text: inserted }) => result.slice(0, start) + inserted + result.slice(end),
      text,
    );
}
