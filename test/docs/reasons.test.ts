import { describe, expect, test } from "vitest";
import { verdictTexts } from "../../src/advice.js";
import type { Finding } from "../../src/types.js";
import { type Example, exampleNames, readExample } from "../support/examples.js";
import { reasons } from "../support/fixtures.js";

function needed(name: string): Example {
  const example = readExample(name);
  if (example === undefined)
    throw new Error(
      `docs/examples/${name}.ts is missing. Add a small file that shows it, and write the page anew.`,
    );
  return example;
}

describe("each reason has an example that is left for exactly it", () => {
  test.each(reasons)("%s", (reason) => {
    const { findings } = needed(reason);
    expect(findings.length).toBeGreaterThan(0);
    for (const { decision } of findings) expect(decision).toEqual({ action: "leave", reason });
  });
});

describe("each verdict has an example that gets it", () => {
  test.each(Object.keys(verdictTexts))("%s", (verdict) => {
    const { findings } = needed(`verdict-${verdict}`);
    expect(findings.length).toBeGreaterThan(0);
    for (const { ownership } of findings) expect(ownership.verdict).toBe(verdict);
  });
});

describe("after a human has mended it, the tool finds it released, rewrites it, or finds nothing", () => {
  test.each(exampleNames().filter((name) => name.endsWith(".mended")))("%s", (name) => {
    expect(reasons).toContain(name.replace(".mended", ""));
    for (const finding of needed(name).findings) expect(stateOf(finding)).toMatch(/^(held|inert|rewritten)$/);
  });
});

function stateOf({ ownership, decision }: Finding): string {
  return decision.action === "rewrite" ? "rewritten" : ownership.verdict;
}

test("no example belongs to nothing", () => {
  const known = [...reasons, ...Object.keys(verdictTexts).map((verdict) => `verdict-${verdict}`)];
  expect(exampleNames().map((name) => name.replace(".mended", ""))).toEqual(expect.arrayContaining(known));
  expect(known).toEqual(expect.arrayContaining(exampleNames().map((name) => name.replace(".mended", ""))));
});
