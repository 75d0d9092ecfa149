// Programs about signals: argv is [name, mark, folder].
import * as cp from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { ResourceContext } from "../../dist/esm/index.js";

const [name, mark, folder] = process.argv.slice(2);
const say = (text) => process.stdout.write(`${text}\n`);
const stayAlive = () => setInterval(() => {}, 1_000);

async function adopt(kind) {
  const program = fileURLToPath(new URL("child.mjs", import.meta.url));
  const child = cp.spawn(process.execPath, [program, mark, kind], { stdio: ["ignore", "pipe", "ignore"] });
  ResourceContext.root.process(child);
  await once(child.stdout, "data");
  return child;
}

function adoptFolder() {
  const temp = fs.mkdtempSync(path.join(folder, "held-"));
  fs.writeFileSync(path.join(temp, "part"), "");
  new ResourceContext().tempDir(temp);
}

const programs = {
  async idle() {
    const child = await adopt("plain");
    child.kill("SIGKILL");
    await once(child, "exit");
  },
  async held() {
    adoptFolder();
    ResourceContext.root.defer(async () => {
      await sleep(200);
      say("deferred");
    });
  },
  async deaf() {
    adoptFolder();
    const child = await adopt("deaf");
    child.stdout.on("data", (text) => say(`child got ${text}`));
  },
  async host() {
    const child = await adopt("plain");
    child.on("exit", (code, signal) => say(`child ${signal}`));
    process.on("SIGINT", async () => {
      say("host");
      await sleep(700);
      process.exit(7);
    });
    process.on("SIGHUP", () => say("reloaded"));
  },
  async counting() {
    let count = 0;
    process.on("SIGTERM", () => say(`count ${(count += 1)}.`));
    const churn = async () => {
      for (;;) {
        const ctx = new ResourceContext();
        ctx.tempDir(fs.mkdtempSync(path.join(folder, "churn-")));
        await ctx.disposeAsync();
        await sleep(1);
      }
    };
    void churn();
    await sleep(20);
  },
  async signalExit() {
    const require = createRequire(import.meta.url);
    const loaded = require("signal-exit");
    const onExit = loaded.onExit ?? loaded;
    // A block, for a callback that gives back true keeps the process alive.
    onExit((code, signal) => {
      say(`signal-exit saw ${signal}`);
    });
    await adopt("plain");
  },
  async twoCopies() {
    const require = createRequire(import.meta.url);
    const copy = require("../../dist/cjs/index.js");
    await adopt("plain");
    copy.ResourceContext.root.defer(() => say("one root"));
    say(
      `listeners ${process.listenerCount("SIGINT")} same ${copy.ResourceContext.root === ResourceContext.root}`,
    );
  },
  async worker() {
    const { Worker } = await import("node:worker_threads");
    const worker = new Worker(new URL("worker.mjs", import.meta.url), { argv: [mark] });
    await once(worker, "message");
    await worker.terminate();
    say("terminated");
  },
  async storm() {
    const program = fileURLToPath(new URL("child.mjs", import.meta.url));
    for (let count = 0; count < 20; count += 1) {
      ResourceContext.root.process(
        cp.spawn(process.execPath, [program, mark, "stubborn"], { stdio: "ignore" }),
      );
      await sleep(10);
    }
  },
  async drain() {
    await programs.held();
    clearInterval(timer);
  },
  async exit3() {
    await programs.held();
    process.exit(3);
  },
  async throw() {
    await programs.held();
    throw new Error("thrown on purpose");
  },
  async importOnly() {
    const events = ["SIGINT", "SIGTERM", "SIGHUP", "beforeExit", "uncaughtException"];
    say(`listeners ${events.map((event) => process.listenerCount(event)).join("")}`);
    const timers = new ResourceContext();
    timers.timer(setTimeout(() => {}, 1));
    say(`later ${process.listenerCount("SIGINT")}`);
    clearInterval(timer);
  },
};

const timer = stayAlive();
await programs[name]();
say("ready");
