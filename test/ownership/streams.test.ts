import { describe, expect, it } from "vitest";
import { findAcquisitions } from "../../src/analyse/acquisitions.js";
import { noExports } from "../../src/analyse/modules.js";
import { decide } from "../../src/ownership/index.js";
import { surroundings, unitOf } from "../support/surroundings.js";

const head = `import fs from "fs"; import { once } from "events"; import { createInterface } from "readline";
import { createGzip } from "zlib"; import { spawn } from "child_process";\n`;

/** What becomes of each file stream in the body of an async function. */
function verdicts(body: string): readonly string[] {
  const text = `${head}async function save(file, source, stop) { ${body} }`;
  const unit = unitOf("job.js", text);
  const sites = findAcquisitions(unit, noExports).filter(({ model }) => model.kind === "stream");
  return decide(sites, surroundings).map(({ decision, level }) => {
    if (decision.action === "leave") return decision.reason;
    const { fix } = decision;
    const isWhole = "method" in fix && typeof fix.method !== "string" && "options" in fix.method;
    return `${fix.by} ${level}${isWhole ? " whole" : ""}`;
  });
}

const table = (rows: readonly (readonly [string, string, string])[]): void => {
  it.each(rows)("%s", (_, body, expected) => expect(verdicts(body)).toEqual([expected]));
};

const out = `const out = fs.createWriteStream(file);`;
const settled = `source.on("error", reject).pipe(out).on("finish", resolve).on("error", reject);`;

describe("a pipe and the promise of its end", () => {
  table([
    [
      "in the executor",
      `${out} await new Promise((resolve, reject) => { ${settled} });`,
      "scope likely whole",
    ],
    [
      "the event in a cast",
      `${out} await new Promise((resolve, reject) => { source.on("error", reject); source.pipe(out).on(("close"), resolve); });`,
      "scope likely whole",
    ],
    [
      "a promise with a name",
      `${out} const all = once(out, "close"); source.pipe(out); await all;`,
      "scope likely whole",
    ],
    [
      "through a transform",
      `const from = fs.createReadStream(file); const zip = createGzip(); from.pipe(zip); zip.pipe(stop); await once(stop, "finish");`,
      "scope likely",
    ],
    ["nobody waits", `${out} new Promise((resolve, reject) => { ${settled} });`, "driven-by-pipe"],
    [
      "a race",
      `${out} const all = new Promise((resolve, reject) => { ${settled} }); await Promise.race([all, stop]);`,
      "driven-by-pipe",
    ],
    [
      "something else resolves as well",
      `${out} await new Promise((resolve, reject) => { stop.on("abort", resolve); ${settled} });`,
      "driven-by-pipe",
    ],
    [
      "the end of the source only",
      `${out} source.pipe(createGzip()).pipe(out); await new Promise((resolve, reject) => { source.on("end", resolve).on("error", reject); });`,
      "driven-by-pipe",
    ],
    [
      "the end of a stream in the middle",
      `${out} const zip = createGzip(); source.pipe(zip).pipe(out); await once(zip, "finish");`,
      "driven-by-pipe",
    ],
    [
      "the output of a child",
      `${out} const child = spawn("make"); await stop; child.stdout.pipe(out); await once(out, "close");`,
      "scope likely",
    ],
    [
      "behind what is there",
      `const out = fs.createWriteStream(file, { flags: "a" }); await new Promise((resolve, reject) => { ${settled} });`,
      "scope likely",
    ],
  ]);
});

describe("a stream that lines are read from", () => {
  const from = `const input = fs.createReadStream(file);`;
  table([
    ["a loop", `${from} for await (const line of createInterface({ input })) if (line) break;`, "scope safe"],
    [
      "a reader with a name",
      `${from} const lines = createInterface({ input: input }); for await (const line of lines) break; lines.close();`,
      "scope safe",
    ],
    [
      "listeners",
      `${from} const lines = createInterface({ input }); lines.on("line", stop);`,
      "escapes-argument",
    ],
    [
      "a reader that is handed on",
      `${from} const lines = createInterface({ input }); for await (const line of lines) break; stop(lines);`,
      "escapes-argument",
    ],
    [
      "another function loops",
      `${from} const lines = createInterface({ input }); stop(async () => { for await (const line of lines) break; });`,
      "escapes-argument",
    ],
    [
      "another option",
      `${from} for await (const line of createInterface({ input: stop, output: input })) break;`,
      "escapes-argument",
    ],
    [
      "read by somebody else as well",
      `${from} input.on("data", stop); for await (const line of createInterface({ input })) break;`,
      "lives-with-program",
    ],
    [
      "destroyed anyway",
      `${from} try { for await (const line of createInterface({ input })) return line; } finally { input.destroy(); }`,
      "released-in-finally",
    ],
  ]);
});
