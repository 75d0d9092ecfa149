// Runs cells of the matrix in one process: `node runner.mjs <plan.json>`.
// Inside cells run one after the other, and what they leave behind is counted at the end, when it had time to go.
// Ended cells are all started; when each has got as far as it gets, the process says so and waits for its own end.
import { AsyncLocalStorage } from "node:async_hooks";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { transform } from "esbuild";
import { census } from "./census.mjs";
import { drive } from "./drive.mjs";

/** @typedef {{ id: string, kind: string, driver: string, exit: string, module: string }} Cell */

const { cells, scratch, programs, results: file } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const storage = new AsyncLocalStorage();
globalThis.currentCase = () => storage.getStore();
const cellsOpen = new Map();
const count = census(storage, scratch, cellsOpen);
const peers = createServer(() => undefined).listen(0);
await new Promise((resolve) => peers.once("listening", resolve));
peers.unref();
// What a leaking program leaves behind must not end the others.
process.on("uncaughtException", (error) => console.error(error));
process.on("unhandledRejection", (error) => console.error(error));

// The first build starts the process that all builds share.
if (cells.some(({ kind }) => kind === "build-context")) await transform("");
if (cells.every(isInside)) await runInside();
else await runUntilEnded();

function isInside({ exit }) {
  return exit !== "signal" && exit !== "exit";
}

async function runInside() {
  const results = [];
  for (const cell of cells) results.push(await run(cell));
  const leaks = await count();
  writeFileSync(
    file,
    JSON.stringify(results.map((result) => ({ ...result, leaks: leaks.get(result.id) ?? [] }))),
  );
  process.exit(0);
}

async function runUntilEnded() {
  await Promise.all(
    cells.map((cell) => {
      const reached = new Promise((resolve) => (cell.reached = resolve));
      return Promise.race([reached, run(cell)]);
    }),
  );
  process.on("message", () => process.exit(0));
  process.send("ready");
}

async function run(cell) {
  const folder = path.join(scratch, encodeURIComponent(cell.id));
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "upload.txt"), "first line\nsecond line\n");
  if (cell.kind === "file-write") writeFileSync(path.join(folder, "settings.json"), "old settings\n");
  const notes = [];
  const hang = () => {
    cell.reached?.();
    return new Promise(() => undefined);
  };
  const open = [];
  cellsOpen.set(cell.id, open);
  const store = { id: cell.id, kind: cell.kind, folder, port: peers.address().port, notes, hang, open };
  const load = () => import(pathToFileURL(path.join(programs, cell.module)).href);
  const outcome = await storage.run(store, () =>
    settle(() => drive({ cell, load, note: (text) => notes.push(text) })),
  );
  // What is released without waiting gets a moment before the next cell begins.
  await new Promise((resolve) => setImmediate(resolve));
  return { id: cell.id, outcome, notes };
}

async function settle(work) {
  let timer;
  const late = new Promise((resolve) => (timer = setTimeout(resolve, 20_000, "never settles")));
  try {
    return await Promise.race([work(), late]);
  } catch (error) {
    return `throws ${error.message}`;
  } finally {
    clearTimeout(timer);
  }
}
