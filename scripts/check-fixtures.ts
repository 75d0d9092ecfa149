/**
 * Holds __testfixtures__ to its rules: each catalogue entry has a case that is rewritten and one that is
 * left, each kind has four of each, each reason has a case, each transform has at least eight, and nearly half must not change.
 */
import { catalogue } from "../src/catalogue/index.js";
import { kinds } from "../src/catalogue/kinds.js";
import type { Kind } from "../src/types.js";
import { Decider, noNeighbours } from "../src/decide.js";
import { servingTransforms, transformIds } from "../src/transform-ids.js";
import { reasons, type Fixture, mustNotChange, readFixtures } from "../test/support/fixtures.js";
import { optionsFor } from "../test/support/project.js";

/** A transform without a catalogue entry has nothing to adopt. */
const neededTransforms = transformIds.filter(
  (id) => servingTransforms.includes(id) || catalogue.some((model) => model.transform === id),
);
const leastPerTransform = 8;
const leastPerKind = 4;
const leastShareUnchanged = 0.45;
const mostLines = 30;

/** What is missing, one sentence each; empty when all rules hold. */
export function fixtureProblems(fixtures: readonly Fixture[] = readFixtures()): readonly string[] {
  return [
    ...tooFew(fixtures),
    ...tooMuchChange(fixtures),
    ...uncoveredReasons(fixtures),
    ...uncoveredEntries(fixtures),
    ...tooFewPerKind(fixtures),
    ...tooLong(fixtures),
  ];
}

/** Fixtures per transform and the share of those that must not change, as a table for people. */
export function fixtureCounts(fixtures: readonly Fixture[] = readFixtures()): string {
  const rows = transformIds.map((id) =>
    row(
      id,
      fixtures.filter((one) => one.transform === id),
    ),
  );
  return [...rows, row("all", fixtures)].join("\n");
}

function row(title: string, fixtures: readonly Fixture[]): string {
  const fixed = fixtures.filter(mustNotChange).length;
  const share = fixtures.length === 0 ? 0 : Math.round((100 * fixed) / fixtures.length);
  return `${title}: ${fixtures.length} fixtures, ${fixed} must not change (${share} %)`;
}

function tooFew(fixtures: readonly Fixture[]): readonly string[] {
  return neededTransforms.flatMap((id) => {
    const count = fixtures.filter((one) => one.transform === id).length;
    return count < leastPerTransform ? [`${id} has ${count} fixtures, fewer than ${leastPerTransform}.`] : [];
  });
}

function tooMuchChange(fixtures: readonly Fixture[]): readonly string[] {
  const share = fixtures.filter(mustNotChange).length / Math.max(1, fixtures.length);
  if (share >= leastShareUnchanged) return [];
  return [
    `Only ${Math.round(100 * share)} % of the fixtures must not change; ${100 * leastShareUnchanged} % are needed.`,
  ];
}

function uncoveredReasons(fixtures: readonly Fixture[]): readonly string[] {
  const covered = fixtures.flatMap(({ expectation }) =>
    expectation.is === "left" ? [expectation.reason] : [],
  );
  return reasons
    .filter((reason) => !covered.includes(reason))
    .map((reason) => `No fixture is left because of ${reason}.`);
}

function uncoveredEntries(fixtures: readonly Fixture[]): readonly string[] {
  const rewritten = new Set<string>();
  const left = new Set<string>();
  for (const fixture of fixtures)
    for (const { api, isRewritten } of decided(fixture)) (isRewritten ? rewritten : left).add(api);
  return catalogue.flatMap(({ id, adopt }) => [
    ...(adopt.by === "none" || rewritten.has(id) ? [] : [`No fixture rewrites ${id}.`]),
    ...(left.has(id) ? [] : [`No fixture leaves ${id}.`]),
  ]);
}

/** Fixtures with a site of a kind that is rewritten, and with one that is left. */
export function countsPerKind(fixtures: readonly Fixture[] = readFixtures()): ReadonlyMap<string, Counts> {
  const names = Object.keys(kinds);
  const sites = fixtures.map((one) => decided(one));
  const having = (kind: string, isRewritten: boolean): number =>
    sites.filter((all) => all.some((one) => one.kind === kind && one.isRewritten === isRewritten)).length;
  return new Map(
    names.map((kind) => [kind, { rewritten: having(kind, true), left: having(kind, false) }] as const),
  );
}

interface Counts {
  readonly rewritten: number;
  readonly left: number;
}

function tooFewPerKind(fixtures: readonly Fixture[]): readonly string[] {
  return [...countsPerKind(fixtures)].flatMap(([kind, { rewritten, left }]) => [
    ...(rewritten < leastPerKind
      ? [`${rewritten} fixtures rewrite a ${kind}, fewer than ${leastPerKind}.`]
      : []),
    ...(left < leastPerKind ? [`${left} fixtures leave a ${kind}, fewer than ${leastPerKind}.`] : []),
  ]);
}

/** The sites of the fixtures of one file, and whether each is rewritten at some level. */
export function decided({
  files,
  settings,
}: Fixture): readonly { readonly api: string; readonly kind: Kind; readonly isRewritten: boolean }[] {
  const [file, second] = files;
  if (file === undefined || second !== undefined) return [];
  const options = optionsFor("/fixture", {
    syntax: settings.syntax ?? "using",
    strict: settings.strict ?? false,
  });
  const decision = new Decider(options, noNeighbours).decideSource({
    path: file.path,
    text: file.input,
  });
  if (!decision.ok) throw new Error(`${file.path}: ${decision.error}`);
  return decision.decided.findings.map((one) => ({
    api: one.acquisition.api,
    kind: one.acquisition.kind,
    isRewritten: one.decision.action === "rewrite",
  }));
}

function tooLong(fixtures: readonly Fixture[]): readonly string[] {
  return fixtures.flatMap(({ transform, name, files }) =>
    files
      .filter((file) => file.input.split("\n").length > mostLines)
      .map((file) => `${transform}/${name}: ${file.path} has more than ${mostLines} lines: one idea each.`),
  );
}

if (process.argv[1] !== undefined && import.meta.url.endsWith(`/${process.argv[1].split("/").pop() ?? ""}`)) {
  const problems = fixtureProblems();
  console.log([fixtureCounts(), ...problems].join("\n"));
  process.exitCode = problems.length === 0 ? 0 : 1;
}
