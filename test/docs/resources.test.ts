import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { resourcePages } from "../../scripts/resource-pages.js";
import { catalogue } from "../../src/catalogue/index.js";
import { listKinds } from "../../src/catalogue/listing.js";
import { readFixtures } from "../support/fixtures.js";

const root = join(import.meta.dirname, "../..");
const pages = await resourcePages();
const read = (path: string): string => readFileSync(join(root, path), "utf8");
const examples = (text: string): readonly string[] =>
  [...text.matchAll(/```ts\n([^]*?)\n```/g)].map(([, code = ""]) => code);
/** What comes from the catalogue alone. */
const head = (text: string): string => text.split(/^(?:Before:|Left, )/m)[0] ?? "";

describe("docs/resources: run `npx tsx scripts/resource-pages.ts` when this fails", () => {
  it("has a page for each kind and no other", () => {
    const expected = [...pages.keys()].filter((path) => path.startsWith("docs/resources/"));
    expect(readdirSync(join(root, "docs/resources")).map((name) => `docs/resources/${name}`)).toEqual(
      expected.sort(),
    );
  });

  it.each([...pages])("%s says what the catalogue says", (path, text) => {
    expect(head(read(path))).toBe(head(text));
    expect(examples(read(path)).length).toBe(examples(text).length);
  });

  it("shows fixtures as they are", () => {
    const known = new Set(
      readFixtures().flatMap(({ files }) =>
        files.flatMap((one) => [one.input.trimEnd(), one.output.trimEnd()]),
      ),
    );
    const stale = [...pages.keys()].filter((path) => examples(read(path)).some((code) => !known.has(code)));
    expect(stale).toEqual([]);
  });
});

it("--list-kinds names every entry of the catalogue", () => {
  const text = listKinds(catalogue);
  expect(catalogue.filter(({ id }) => !text.includes(`  ${id} `)).map(({ id }) => id)).toEqual([]);
});
