import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { FileOutcome, Options } from "../src/types.js";
import { headOf, injected, type NastyFile, rawTexts, readNasty, withoutInsertions } from "./support/nasty.js";
import { runPipeline, textAfter, writePackage } from "./support/pipeline.js";
import { optionsFor } from "./support/project.js";

type GetParser = (name: string) => { parse(text: string, options: object): unknown };
const getParser: GetParser = createRequire(import.meta.url)("jscodeshift/src/getParser");

const temporary = realpathSync(mkdtempSync(join(tmpdir(), "nasty-")));
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

const originals = readNasty();

/** Everything allowed, over one file in a package of its own. */
async function run(file: NastyFile, syntax: Options["syntax"]): Promise<FileOutcome> {
  const root = mkdtempSync(join(temporary, "run-"));
  writePackage(root, { [file.name]: file.text }, { type: "module" });
  const options = optionsFor(root, { safety: "unsafe", strict: true, syntax });
  const [outcome] = await runPipeline({ options, files: [file.name], mockingTests: [] });
  if (outcome === undefined) throw new Error(`${file.name} got no outcome`);
  return outcome;
}

async function after(file: NastyFile, syntax: Options["syntax"]): Promise<NastyFile> {
  return { name: file.name, text: textAfter(await run(file, syntax), file.text) };
}

/** What babel, which is not the parser that the rewrite uses, has against a text. */
function babelError({ name, text }: NastyFile): string | null {
  try {
    getParser(name.endsWith("x") ? "tsx" : "ts").parse(text.replace(/^\uFEFF/, ""), {});
    return null;
  } catch (thrown) {
    return String(thrown);
  }
}

function expectNoDamage(before: NastyFile, result: NastyFile): void {
  expect(headOf(result)).toBe(headOf(before));
  expect(rawTexts(result)).toEqual(rawTexts(before));
  expect(result.text.startsWith("\uFEFF")).toBe(before.text.startsWith("\uFEFF"));
  expect(/\n$/.test(result.text)).toBe(/\n$/.test(before.text));
  if (!/(?<!\r)\n/.test(before.text)) expect(result.text).not.toMatch(/(?<!\r)\n/);
  if (!before.text.includes("\r")) expect(result.text).not.toContain("\r");
  if (babelError(before) === null) expect(babelError(result)).toBeNull();
}

describe("a nasty file as it is", () => {
  it("is one of 56", () => expect(originals).toHaveLength(56));

  it.each(originals.map((file) => [file.name, file] as const))("%s", async (_, file) => {
    const outcome = await run(file, "using");
    expect(outcome.status, "error" in outcome ? outcome.error : "").not.toBe("failed");
    const result = { name: file.name, text: textAfter(outcome, file.text) };
    expectNoDamage(file, result);
    expect(withoutInsertions(result.text)).toBe(file.text);
  });
});

describe("a nasty file that acquires something", () => {
  // Code for the browser is left alone; "use server" must stay first just as well.
  const onServer = (file: NastyFile): NastyFile => ({
    ...file,
    text: file.text.replace(/use client/, "use server"),
  });
  const acquiring = originals.map((file) => onServer(injected(file)));
  const forBrowser = originals.map(injected).filter(({ text }) => /^\s*(['"])use client\1/m.test(text));

  it("is left alone in the browser", async () => {
    expect(forBrowser.length).toBeGreaterThan(0);
    for (const file of forBrowser) expect((await after(file, "using")).text).toBe(file.text);
  });

  // Proposals that the second parser does not know, with and without our edits.
  it("is read by babel but for two syntaxes", () => {
    const unread = acquiring.filter((file) => babelError(file) !== null).map((file) => file.name);
    expect(unread).toEqual(["08b-decorator-after-export.ts", "51-import-defer.ts"]);
  });

  it.each(acquiring.map((file) => [file.name, file] as const))("%s, with using", async (_, file) => {
    const result = await after(file, "using");
    expect(result.text).toContain("ctx.process(startChild(");
    expect(result.text).toContain("atomicWriteFileSync(path, report); // kept");
    expectNoDamage(file, result);
    expect(withoutInsertions(result.text)).toBe(file.text);
  });

  it.each(acquiring.map((file) => [file.name, file] as const))(
    "%s, with try and finally",
    async (_, file) => {
      const result = await after(file, "try-finally");
      expect(result.text).toContain("ctx.disposeAsync()");
      expectNoDamage(file, result);
      expect(await after(result, "try-finally")).toEqual(result);
    },
  );
});
