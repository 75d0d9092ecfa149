// The long form of the matrix: `npm run matrix [-- --update] [-- --only <part of a program's name>] [-- --short]`.
// Runs every cell as it is written and compares with the labels (or writes them anew), then rewrites the programs in
// both forms of scopes and runs every cell again. The short form takes the labels as they are and one form of scopes.
import { isDeepStrictEqual, parseArgs } from "node:util";
import { Workshop, type Outcomes } from "./execute.js";
import { judge } from "./judge.js";
import { missLines, readLabels, writeLabels, writeMisses } from "./labels.js";
import { allPrograms } from "./programs.js";
import { tables } from "./table.js";

const { values } = parseArgs({
  options: {
    update: { type: "boolean" },
    only: { type: "string" },
    short: { type: "boolean" },
    verbose: { type: "boolean" },
  },
});
const programs = allPrograms("long").filter(({ id }) => id.includes(values.only ?? ""));
const labels = values.short === true ? readLabels() : await originals();
const faults = [
  ...(await rewritten("using", true)),
  ...(values.short === true ? [] : await rewritten("try-finally", false)),
];
if (faults.length > 0) process.exitCode = 1;

async function originals(): Promise<Outcomes> {
  const workshop = new Workshop(programs);
  try {
    const outcomes = await workshop.run();
    failOnBrokenPrograms(outcomes);
    if (values.update === true)
      writeLabels(values.only === undefined ? outcomes : new Map([...readLabels(), ...outcomes]));
    else compare(readLabels(), outcomes);
    return outcomes;
  } finally {
    workshop.remove();
  }
}

/** A program that fails where nothing goes wrong is a mistake of ours, not a label. */
function failOnBrokenPrograms(outcomes: Outcomes): void {
  const broken = [...outcomes].filter(
    ([id, { outcome }]) => /#success$/.test(id) && /^(throws|never)/.test(outcome),
  );
  if (broken.length > 0) throw new Error(`These do not work: ${JSON.stringify(broken)}`);
}

function compare(known: Outcomes, found: Outcomes): void {
  const differing = [...found].filter(([id, outcome]) => !isDeepStrictEqual(known.get(id), outcome));
  for (const [id, outcome] of differing)
    console.log(`label of ${id}: ${JSON.stringify(known.get(id))} is now ${JSON.stringify(outcome)}`);
  if (differing.length > 0) {
    console.log("These labels are not what the programs do: look at them, and run again with --update.");
    process.exitCode = 1;
  }
}

async function rewritten(syntax: "using" | "try-finally", isFirst: boolean): Promise<readonly string[]> {
  const workshop = new Workshop(programs);
  try {
    const sites = workshop.rewrite(syntax);
    const after = await workshop.run();
    const judged = programs.map((program) => judge(program, { before: labels, after, sites }));
    if (values.update === true && isFirst && values.only === undefined) writeMisses(judged);
    console.log(`\n--- ${syntax}\n${tables(judged)}\n`);
    const faults = judged.flatMap((one) => one.faults);
    if (values.verbose === true) for (const line of missLines(judged)) console.log(`miss ${line}`);
    for (const fault of faults) console.log(`FAULT ${fault}`);
    console.log(
      `${judged.length} programs, ${judged.flatMap(({ cells }) => cells).length} cells, ${missLines(judged).length} misses, ${faults.length} faults`,
    );
    return faults;
  } finally {
    workshop.remove();
  }
}
