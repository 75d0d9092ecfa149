// Runs a graph of commands: each as soon as those it needs are done, a few at a time, each with a time limit.
//
//   node --import tsx orchestrator.ts tasks.json report.json
//
// A task that fails or takes too long is ended with everything that it started, and what needs it is cancelled. When
// this program is interrupted or killed, its tasks end with it, and the report is the old one or the new one, whole.
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { atomicWriteFile, ResourceContext } from "resource-context";

interface Task {
  readonly command: readonly [string, ...string[]];
  readonly needs?: readonly string[];
  /** Milliseconds. Default: a minute. */
  readonly timeout?: number;
}

interface Plan {
  readonly concurrency: number;
  readonly tasks: Readonly<Record<string, Task>>;
}

type Outcome = "done" | "failed" | "timed out" | "cancelled";

const [planFile, reportFile] = process.argv.slice(2);
if (planFile === undefined || reportFile === undefined) {
  console.error("usage: orchestrator.ts <tasks.json> <report.json>");
  process.exit(2);
}
const plan: Plan = JSON.parse(await readFile(planFile, "utf8"));
const outcomes = await runAll(plan);
await atomicWriteFile(reportFile, `${JSON.stringify(Object.fromEntries(outcomes), null, 2)}\n`);
process.exitCode = [...outcomes.values()].every((outcome) => outcome === "done") ? 0 : 1;

async function runAll({ tasks, concurrency }: Plan): Promise<ReadonlyMap<string, Outcome>> {
  const outcomes = new Map<string, Outcome>();
  const waiting = new Map(Object.entries(tasks));
  const running = new Map<string, Promise<void>>();
  while (waiting.size > 0 || running.size > 0) {
    const ready = [...waiting].filter(([, { needs = [] }]) => needs.every((name) => outcomes.has(name)));
    for (const [name, task] of ready.slice(0, concurrency - running.size)) {
      waiting.delete(name);
      const isBlocked = task.needs?.some((need) => outcomes.get(need) !== "done") ?? false;
      const outcome = isBlocked ? Promise.resolve("cancelled" as const) : run(name, task);
      running.set(
        name,
        outcome.then((result) => {
          outcomes.set(name, result);
          running.delete(name);
        }),
      );
    }
    if (running.size === 0) throw new Error(`These need each other: ${[...waiting.keys()].join(", ")}`);
    await Promise.race(running.values());
  }
  return outcomes;
}

async function run(name: string, { command, timeout = 60_000 }: Task): Promise<Outcome> {
  // Whatever happens below, the child and all that it started have ended when this function has.
  await using ctx = new ResourceContext({ name });
  const [program, ...args] = command;
  const child = ctx.spawn(program, args, { stdio: ["ignore", "ignore", "inherit"] });
  try {
    const [code] = await once(child, "close", { signal: AbortSignal.timeout(timeout) });
    return code === 0 ? "done" : "failed";
  } catch (error) {
    if (error instanceof Error && error.name === "AbortError") return "timed out";
    console.error(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    return "failed";
  }
}
