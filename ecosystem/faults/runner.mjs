// One run of one function with at most one fault: `node runner.mjs <plan.json>`. Writes what was reached and what is
// left behind, and ends as a program does whose error nobody catches.
import { AsyncLocalStorage } from "node:async_hooks";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import path from "node:path";
import { census } from "../../test/matrix/census.mjs";
import { builtinsIn } from "./builtins.mjs";
import { standIn } from "./stand-ins.mjs";

const plan = JSON.parse(readFileSync(process.argv[2], "utf8"));
const folder = path.join(plan.scratch, "site");
mkdirSync(folder, { recursive: true });
writeFileSync(path.join(folder, "upload.txt"), "first line\nsecond line\n");
writeFileSync(path.join(folder, "settings.json"), "old settings\n");

const storage = new AsyncLocalStorage();
const count = census(storage, plan.scratch);
const peer = createServer(() => undefined)
  .listen(0)
  .unref();
await new Promise((resolve) => peer.once("listening", resolve));
const any = standIn({ text: folder, ...plan.mood });
const seen = { acquired: false, reached: [], thrown: false, error: "" };
const noted = [];
process.on("uncaughtException", (error) => noted.push(String(error?.message ?? error)));
process.on("unhandledRejection", (error) => noted.push(String(error?.message ?? error)));

globalThis.__acquiring = () => {
  seen.acquired = true;
  // The system refuses a write in the middle: nothing more has to be thrown.
  if (plan.fault === "disk") seen.thrown = true;
};
globalThis.__fault = (k) => {
  if (!seen.acquired) return;
  if (!seen.reached.includes(k)) seen.reached.push(k);
  if (k !== plan.fault) return;
  seen.thrown = true;
  throw new Error("injected");
};

await storage.run({ id: "site" }, () => Promise.race([attempt(), late(plan.patience)]));
// Nothing is counted where nothing was thrown.
const left = seen.thrown ? ((await count()).get("site") ?? []) : [];
writeFileSync(plan.results, JSON.stringify({ ...seen, left, noted: noted.slice(0, 3) }));
// A program whose error nobody catches ends with it; the runtime releases what the program holds.
process.removeAllListeners("unhandledRejection");
process.removeAllListeners("uncaughtException");
setTimeout(() => process.exit(1), 3000);
setImmediate(() => {
  throw new Error("injected");
});

async function attempt() {
  try {
    const module = await load();
    await enter(module);
  } catch (error) {
    seen.error = String(error?.message ?? error).slice(0, 200);
  }
}

function late(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}

async function load() {
  const { entry } = plan;
  const inner = entry.how === "load" ? "undefined" : entry.name;
  const body = `${plan.code}\n;return ${inner};`;
  const AsyncFunction = (async () => undefined).constructor;
  const run = new AsyncFunction("require", "module", "exports", "__filename", "__dirname", "__meta", body);
  const exports = {};
  const file = path.join(folder, path.basename(plan.file));
  const meta = { url: `file://${file}`, dirname: folder, filename: file };
  // The function itself is wrapped: a promise-like result would be awaited.
  const found = await run(requireFor(), { exports }, exports, file, folder, meta);
  return { found };
}

function requireFor() {
  const builtin = builtinsIn({ folder, marker: plan.marker, any, port: peer.address().port });
  const real = createRequire(import.meta.url);
  return (name) => {
    if (name === "resource-context") return runtime(real(name));
    const found = builtin(name);
    if (found === undefined) return any;
    return typeof found === "function" ? found : { ...found, default: found.default ?? found };
  };
}

/** The runtime as it is; the path and the content of a write come from here, as those of fs do. */
function runtime(real) {
  const target = path.join(folder, "settings.json");
  const content = "new settings\n".repeat(200_000);
  return {
    ...real,
    atomicWriteFile: (...args) =>
      real.atomicWriteFile(target, content, ...args.slice(2).filter((one) => one !== any)),
    atomicWriteFileSync: () => real.atomicWriteFileSync(target, content),
  };
}

async function enter({ found }) {
  const { entry } = plan;
  const args = plan.mood.isBare ? [] : Array.from({ length: 6 }, () => any);
  if (entry.how === "load") return;
  if (entry.how === "call") return void (await settled(found.call(any, ...args)));
  const object = made(found, args);
  try {
    if (entry.how === "method") await settled(object[entry.method](...args));
  } finally {
    await closed(object);
  }
}

/** What comes back may be a function that does the work, or a generator. */
async function settled(result) {
  const value = await result;
  if (typeof value === "function" && value !== any) return settled(value(any, any));
  if (typeof value?.next === "function" && value !== any) for await (const one of value) void one;
  return value;
}

function made(Class, args) {
  if (plan.entry.how === "construct") return new Class(...args);
  try {
    return new Class(...args);
  } catch {
    // Its constructor wants more than stand-ins: the method alone is what counts.
    const blank = Object.create(Class.prototype);
    return new Proxy(blank, { get: (target, key) => (key in target ? Reflect.get(target, key) : any) });
  }
}

/** As a careful owner does, where the class has a way. */
async function closed(object) {
  const how = ["close", "stop", "dispose", "destroy", "shutdown", "cleanup"].find((name) => name in object);
  await (object[Symbol.asyncDispose] ?? object[how])?.call?.(object);
}
