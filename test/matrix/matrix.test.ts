import { afterAll, beforeAll, expect, it } from "vitest";
import { Workshop } from "./execute.js";
import { judge, type Judged } from "./judge.js";
import { missLines, readLabels, readMisses } from "./labels.js";
import { allPrograms } from "./programs.js";

/** The short form: the labels are those of the last long run, the rewritten programs are run. */
const programs = allPrograms();
const workshop = new Workshop(programs);
let judged: readonly Judged[] = [];

beforeAll(async () => {
  const before = readLabels();
  const sites = workshop.rewrite("using");
  const after = await workshop.run();
  judged = programs.map((program) => judge(program, { before, after, sites }));
}, 600_000);

afterAll(() => workshop.remove());

it("has at least 600 cells, each with a label that was established by running it", () => {
  expect(judged.flatMap(({ cells }) => cells).length).toBeGreaterThanOrEqual(600);
});

it("breaks no program: on every exit the caller sees what it saw, and nothing is left that was not left before", () => {
  expect(judged.flatMap(({ faults }) => faults)).toEqual([]);
});

it("gets every program right that it got right before", () => {
  const known = new Set(readMisses().map(programOf));
  expect(missLines(judged).filter((line) => !known.has(programOf(line)))).toEqual([]);
});

const programOf = (line: string): string => line.split(": ")[0] ?? line;
