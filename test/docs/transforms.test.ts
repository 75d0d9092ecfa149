import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { transformIds } from "../../src/transform-ids.js";
import type { FileOutcome } from "../../src/types.js";
import { runPipeline, textAfter, writePackage } from "../support/pipeline.js";
import { optionsFor } from "../support/project.js";

const folder = join(import.meta.dirname, "../../docs/transforms");
const temporary = realpathSync(mkdtempSync(join(tmpdir(), "transform-pages-")));
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

const page = (id: string): string => readFileSync(join(folder, `${id}.md`), "utf8");

/** The block of code that follows a word of a page. */
function blockAfter(text: string, word: RegExp): string {
  const from = word.exec(text)?.index ?? -1;
  const [, code] = /```ts\n([^]*?)```/.exec(from < 0 ? "" : text.slice(from)) ?? [];
  if (code === undefined) throw new Error(`The page has no block of code after ${String(word)}.`);
  return code;
}

async function outcomeOf(id: string, text: string): Promise<FileOutcome> {
  const root = join(temporary, id);
  writePackage(root, { "example.ts": text }, { type: "module", engines: { node: ">=20" } });
  const options = optionsFor(root, { safety: "unsafe", syntax: "using" });
  const [outcome] = await runPipeline({ options, files: ["example.ts"], mockingTests: [] });
  if (outcome === undefined) throw new Error(`Nothing came of ${text}`);
  return outcome;
}

test("each transform has a page, and no other page is there", () => {
  expect(readdirSync(folder).sort()).toEqual(transformIds.map((id) => `${id}.md`).sort());
});

describe("the tool makes of the first block what the page shows", () => {
  test.each(transformIds)("%s", async (id) => {
    const before = blockAfter(page(id), /Before:/);
    expect(textAfter(await outcomeOf(`${id}-before`, before), before)).toBe(blockAfter(page(id), /After:/));
  });
});

describe("the tool leaves the last block, for the reason that the page names", () => {
  test.each(transformIds.filter((id) => page(id).includes("\nLeft, `")))("%s", async (id) => {
    const text = page(id);
    const outcome = await outcomeOf(`${id}-left`, blockAfter(text, /^Left, `/m));
    const reasons = outcome.findings.map(({ decision }) => decision.action === "leave" && decision.reason);
    expect(new Set(reasons)).toEqual(new Set([/^Left, `(.+)`:/m.exec(text)?.[1]]));
  });
});
