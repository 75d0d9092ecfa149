// The runtime side by side with what people use today: node bench/runtime/run.mjs [--long] [measurement ...]
import * as os from "node:os";
import { adopting } from "./adopting.mjs";
import { descriptors } from "./descriptors.mjs";
import { disposals } from "./disposals.mjs";
import { httpClose } from "./http-close.mjs";
import { locks } from "./locks.mjs";
import { orphans } from "./orphans.mjs";
import { signals } from "./signals.mjs";
import { table } from "./support.mjs";
import { throughput } from "./throughput.mjs";
import { tornFiles } from "./torn-files.mjs";

/** The counts of the short form, which shows that everything still runs, and of the long one, whose figures count. */
const measurements = {
  torn: { run: tornFiles, short: { kills: 3 }, long: { kills: 300 } },
  orphans: { run: orphans, short: { runs: 1 }, long: { runs: 3 } },
  locks: {
    run: locks,
    short: { contenders: 6, turns: 5, kills: 1 },
    long: { contenders: 50, turns: 10, kills: 5 },
  },
  signals: { run: signals, short: { signals: 6 }, long: { signals: 1_000 } },
  http: { run: httpClose, short: { bound: 3_000 }, long: { bound: 10_000 } },
  throughput: { run: throughput, short: { rounds: 40 }, long: { rounds: 1_000 } },
  disposals: { run: disposals, short: { rounds: 9 }, long: { rounds: 51 } },
  descriptors: { run: descriptors, short: {}, long: {} },
  adopting: { run: adopting, short: { children: 60 }, long: { children: 500 } },
};

const given = process.argv.slice(2);
const form = given.includes("--long") ? "long" : "short";
const names = given.filter((name) => name !== "--long");
const unknown = names.filter((name) => !(name in measurements));
if (unknown.length > 0)
  throw new Error(
    `Unknown measurement "${unknown.join(", ")}". Known: ${Object.keys(measurements).join(", ")}.`,
  );

console.log(
  `Node ${process.versions.node}, ${os.type()} ${os.arch()}, ${os.availableParallelism()} cores, ${form} form`,
);
for (const name of names.length > 0 ? names : Object.keys(measurements)) {
  const { run, ...counts } = measurements[name];
  const begin = performance.now();
  const { title, columns, rows } = await run(counts[form]);
  console.log(`\n### ${title}\n\n${table(columns, rows)}`);
  console.error(`${name}: ${((performance.now() - begin) / 1000).toFixed(1)} s`);
}
process.exit(0);
