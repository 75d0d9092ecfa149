// Median time of one write, in interleaved rounds: what disturbs the machine disturbs all of them.
import * as path from "node:path";
import { makeFolder, median } from "./support.mjs";
import { writers } from "./writers.mjs";

const SUBJECTS = [
  "fs.writeFile",
  "fs.writeFile, flush",
  "write-file-atomic",
  "atomically",
  "ours, none",
  "ours, file",
  "ours, full",
];
const SIZES = { "1 KB": 1024, "1 MB": 1024 * 1024 };

export async function throughput({ rounds }) {
  const folder = makeFolder();
  const times = {};
  for (const [size, bytes] of Object.entries(SIZES)) times[size] = await measure(folder, bytes, rounds);
  const anchor = (size) => median(times[size]["write-file-atomic"]);
  return {
    title: `Write throughput: median ms of one write, ${rounds} interleaved rounds`,
    columns: ["writer", ...Object.keys(SIZES).flatMap((size) => [`${size}, ms`, `write-file-atomic = 1`])],
    rows: SUBJECTS.map((name) => [
      name,
      ...Object.keys(SIZES).flatMap((size) => {
        const ms = median(times[size][name]);
        return [ms.toFixed(3), (ms / anchor(size)).toFixed(2)];
      }),
    ]),
  };
}

async function measure(folder, bytes, rounds) {
  const data = Buffer.alloc(bytes, "x");
  const times = Object.fromEntries(SUBJECTS.map((name) => [name, []]));
  for (let round = -3; round < rounds; round += 1)
    // Each time another one is the first.
    for (let at = 0; at < SUBJECTS.length; at += 1) {
      const name = SUBJECTS[(at + round + 3) % SUBJECTS.length];
      const file = path.join(folder, `${SUBJECTS.indexOf(name)}.bin`);
      const begin = performance.now();
      await writers[name](file, data);
      if (round >= 0) times[name].push(performance.now() - begin);
    }
  return times;
}
