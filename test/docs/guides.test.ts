import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { follow, stepsIn, unrun } from "../support/guide.js";

const folder = join(import.meta.dirname, "../../docs/guides");
const guides = readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")] as const);

describe("guides do what they say", () => {
  test.each(guides)("%s", { timeout: 300_000 }, (_, text) => {
    const steps = stepsIn(text);
    expect(steps.filter((step) => step.is === "commands").length).toBeGreaterThan(0);
    expect(unrun(text)).toEqual([]);
    expect(follow(steps)).toEqual([]);
  });
});

test("a guide that says something else is found out", () => {
  const steps = stepsIn("```console\n$ git status --short\nnothing of the kind\n$ git log\n```\n");
  expect(follow(steps)).toEqual([
    expect.stringContaining(`does not print "nothing of the kind"`),
    expect.stringContaining("exits with 128"),
  ]);
});
