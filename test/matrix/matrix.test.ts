import { afterAll, beforeAll, expect, it } from "vitest";
import { kinds } from "../../src/catalogue/kinds.js";
import { Workshop } from "./execute.js";
import { judge, type Judged } from "./judge.js";
import { kindTemplates } from "./kinds.js";
import { missLines, readLabels, readMisses } from "./labels.js";
import { allPrograms, type Program } from "./programs.js";

/**
 * The short form: the labels are those of the last long run, the rewritten programs are run, with `await using` all of
 * them, with `try` and `finally` those whose text differs then.
 */
const programs = allPrograms("short");
const workshops: Workshop[] = [];
let judged: readonly Judged[] = [];
let inBlocks: readonly Judged[] = [];

beforeAll(async () => {
  const using = workshopOf(programs);
  judged = await judgedAfter(using, "using", programs);
  const all = workshopOf(programs);
  all.rewrite("try-finally");
  const others = programs.filter(({ files }) =>
    files.some(({ path }) => all.textOf(path) !== using.textOf(path)),
  );
  inBlocks = await judgedAfter(workshopOf(others), "try-finally", others);
}, 900_000);

afterAll(() => {
  for (const workshop of workshops) workshop.remove();
});

function workshopOf(some: readonly Program[]): Workshop {
  const workshop = new Workshop(some);
  workshops.push(workshop);
  return workshop;
}

async function judgedAfter(
  workshop: Workshop,
  syntax: "using" | "try-finally",
  some: readonly Program[],
): Promise<readonly Judged[]> {
  const before = readLabels();
  const sites = workshop.rewrite(syntax);
  const after = await workshop.run();
  return some.map((program) => judge(program, { before, after, sites }));
}

it("has at least 3,000 cells, each with a label that was established by running it", () => {
  expect(judged.flatMap(({ cells }) => cells).length).toBeGreaterThanOrEqual(3_000);
});

it("has every kind of the catalogue, with those that need a database or a browser in its long form", () => {
  expect([...new Set(kindTemplates.map(({ kind }) => kind))].sort()).toEqual(Object.keys(kinds).sort());
  const labelled = new Set([...readLabels().keys()].map((id) => id.split("/")[0]));
  expect(kindTemplates.filter(({ id }) => !labelled.has(id))).toEqual([]);
});

it("breaks no program: on every exit the caller sees what it saw, and nothing is left that was not left before", () => {
  expect(judged.flatMap(({ faults }) => faults)).toEqual([]);
  expect(inBlocks.flatMap(({ faults }) => faults)).toEqual([]);
});

it("runs scopes in both forms", () => {
  expect(inBlocks.length).toBeGreaterThanOrEqual(50);
  expect(inBlocks.every(({ isRewritten }) => isRewritten)).toBe(true);
});

it("gets every program right that it got right before", () => {
  const known = new Set(readMisses().map(programOf));
  expect(missLines(judged).filter((line) => !known.has(programOf(line)))).toEqual([]);
  expect(missLines(inBlocks).filter((line) => !known.has(programOf(line)))).toEqual([]);
});

const programOf = (line: string): string => line.split(": ")[0] ?? line;
