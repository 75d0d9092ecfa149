import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { fixtureProblems } from "../scripts/check-fixtures.js";
import { builtIn } from "../src/catalogue/index.js";
import { isSource } from "../src/discover/paths.js";
import { mocksResources } from "../src/discover/prefilter.js";
import { isApplied } from "../src/plan/levels.js";
import type { FileOutcome, Finding, Level } from "../src/types.js";
import { type Fixture, readFixtures } from "./support/fixtures.js";
import { isRuntimeBuilt, typeErrors } from "./support/fixture-types.js";
import { runPipeline, textAfter, writePackage } from "./support/pipeline.js";
import { optionsFor } from "./support/project.js";

const temporary = realpathSync(mkdtempSync(join(tmpdir(), "fixtures-")));
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

const fixtures = readFixtures();
let runs = 0;

type Texts = Readonly<Record<string, string>>;

interface Run {
  readonly texts: Texts;
  readonly outcomes: readonly FileOutcome[];
  readonly findings: readonly Finding[];
}

/** The whole pipeline over one fixture, in a package of its own. */
async function run({ settings }: Fixture, inputs: Texts, safety: Level): Promise<Run> {
  const root = join(temporary, `run-${++runs}`);
  writePackage(root, inputs, { type: settings.type ?? "module", engines: { node: ">=20" } });
  const { strict = false, contextName = "ctx", emit = "adopt", transforms } = settings;
  const options = optionsFor(root, {
    safety,
    strict,
    contextName,
    emit,
    syntax: settings.syntax ?? "using",
    ...(transforms === undefined ? {} : { transforms }),
  });
  const files = Object.keys(inputs).filter(isSource);
  const mockingTests = files.filter(
    (file) => /\.test\./.test(file) && mocksResources(inputs[file] ?? "", builtIn),
  );
  const outcomes = await runPipeline({ options, files, mockingTests });
  const after = new Map(outcomes.map((one) => [one.file, textAfter(one, inputs[one.file] ?? "")]));
  const texts = Object.fromEntries(
    Object.entries(inputs).map(([file, text]) => [file, after.get(file) ?? text]),
  );
  return { texts, outcomes, findings: outcomes.flatMap((one) => one.findings) };
}

const inputsOf = ({ files }: Fixture): Texts => Object.fromEntries(files.map((one) => [one.path, one.input]));
const outputsOf = ({ files }: Fixture): Texts =>
  Object.fromEntries(files.map((one) => [one.path, one.output]));

const titled = (wanted: Fixture["expectation"]["is"]): readonly (readonly [string, Fixture])[] =>
  fixtures.filter((one) => one.expectation.is === wanted).map((one) => [`${one.transform}/${one.name}`, one]);

describe("is rewritten to exactly these bytes, and a second run changes nothing", () => {
  it.each(titled("rewritten"))("%s", async (_, fixture) => {
    const level = fixture.expectation.is === "rewritten" ? fixture.expectation.level : "safe";
    const { texts, findings } = await run(fixture, inputsOf(fixture), level);
    expect(texts).toEqual(outputsOf(fixture));
    expect(findings.filter((one) => one.decision.action === "rewrite").map((one) => one.level)).toContain(
      level,
    );
    const again = await run(fixture, texts, level);
    expect(again.texts).toEqual(texts);
    expect(again.findings.filter((one) => isApplied(one, level))).toEqual([]);
  });
});

describe("is only rewritten above the safe level", () => {
  const above = titled("rewritten").filter(
    ([, one]) => one.expectation.is === "rewritten" && one.expectation.level !== "safe",
  );
  it.each(above)("%s", async (_, fixture) => {
    expect((await run(fixture, inputsOf(fixture), "safe")).texts).toEqual(inputsOf(fixture));
  });
});

describe("is left at every level for exactly this reason", () => {
  it.each(titled("left"))("%s", async (_, fixture) => {
    const { texts, findings } = await run(fixture, inputsOf(fixture), "unsafe");
    const reason = fixture.expectation.is === "left" ? fixture.expectation.reason : "";
    const given = findings.map(({ decision }) =>
      decision.action === "leave" ? decision.reason : "rewritten",
    );
    expect([...new Set(given)]).toEqual([reason]);
    expect(texts).toEqual(inputsOf(fixture));
  });
});

describe("has nothing to decide", () => {
  it.each(titled("ignored"))("%s", async (_, fixture) => {
    const { texts, findings } = await run(fixture, inputsOf(fixture), "unsafe");
    expect(findings.map((one) => one.acquisition.api)).toEqual([]);
    expect(texts).toEqual(inputsOf(fixture));
  });
});

describe("all fixtures together", () => {
  it("type-check against the real runtime", () => {
    expect(isRuntimeBuilt(), "runtime/dist is missing: npm run build -w resource-context").toBe(true);
    const before = typeErrors(join(temporary, "types-before"), fixtures, "input");
    const after = typeErrors(join(temporary, "types-after"), fixtures, "output");
    const leftBehind = fixtures.map(
      ({ name, settings: { unused } }) => `/${name}/ '${unused}' is declared but`,
    );
    const isLeftBehind = (error: string): boolean =>
      leftBehind.includes(error.replace(/^[^/]+(\/[^/]+\/)[^:]+:( '\w+' is declared but) .*$/, "$1$2"));
    expect(after.filter((one) => !before.includes(one) && !isLeftBehind(one))).toEqual([]);
    // Plain JavaScript has no types, and some fixtures are about what is unused.
    const known =
      /but its value is never read\.$|are unused\.$|js: Parameter '\w+' implicitly has an 'any' type\.$/;
    expect(before.filter((one) => !known.test(one))).toEqual([]);
  });

  it("cover the catalogue, the reasons and the transforms", () => {
    expect(fixtureProblems()).toEqual([]);
  });
});
