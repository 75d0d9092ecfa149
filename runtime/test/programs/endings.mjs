// Programs about how a process ends while it holds something: argv is [name, mark, how].
import * as cp from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { configure, ResourceContext, ResourceManager } from "../../dist/esm/index.js";

const [name, mark, how] = process.argv.slice(2);
const say = (text) => process.stdout.write(`${text}\n`);
const program = fileURLToPath(new URL("child.mjs", import.meta.url));

async function adopt() {
  const child = cp.spawn(process.execPath, [program, mark, "plain"], { stdio: ["ignore", "pipe", "ignore"] });
  ResourceContext.root.process(child);
  await once(child.stdout, "data");
  return child;
}

function deferSlowly() {
  ResourceContext.root.defer(async () => {
    await sleep(200);
    say("deferred");
  });
}

/** Two contexts that are open when the program ends, and nothing in the root; `bare`: neither. */
function openScopes() {
  if (how === "bare") return [];
  const scopes = ["outer", "inner"].map((text) => {
    const ctx = new ResourceContext();
    ctx.defer(() => fs.writeSync(1, `${text} begins\n`));
    ctx.defer(async () => {
      await sleep(50);
      fs.writeSync(1, `${text} waited\n`);
    });
    return ctx;
  });
  scopes.push(scopes[1].move());
  return scopes;
}

const programs = {
  async scopeThrow() {
    globalThis.scopes = openScopes();
    setTimeout(() => {
      throw new Error("thrown on purpose");
    }, 1);
  },
  async scopeReject() {
    globalThis.scopes = openScopes();
    setTimeout(() => Promise.reject(new Error("rejected on purpose")), 1);
  },
  async scopeRejectDetails() {
    globalThis.scopes = openScopes();
    const cause = new TypeError("the cause");
    setTimeout(() => Promise.reject(Object.assign(new Error("with details", { cause }), { code: "E_X" })), 1);
  },
  async scopeThrowDetails() {
    globalThis.scopes = openScopes();
    const cause = new TypeError("the cause");
    setTimeout(() => {
      throw Object.assign(new Error("with details", { cause }), { code: "E_X" });
    }, 1);
  },
  async scopeHeld() {
    globalThis.scopes = openScopes();
    setInterval(() => {}, 1_000);
  },
  async scopeExit() {
    globalThis.scopes = openScopes();
    process.exit(3);
  },
  async scopeHung() {
    const ctx = (globalThis.scopes = new ResourceContext());
    configure({ signalTimeout: 300 });
    ctx.defer(() => fs.writeSync(1, "never\n"));
    ctx.defer(() => new Promise(() => {}));
    setTimeout(() => {
      throw new Error("thrown on purpose");
    }, 1);
  },
  async exitWithChild() {
    const child = await adopt();
    child.on("exit", (code) => process.exit(code));
  },
  async restart() {
    const child = await adopt();
    child.on("exit", () => {
      cp.spawn("true"); // Whatever else a supervisor does.
      ResourceContext.root.process(cp.spawn(process.execPath, [program, mark, "plain"], { stdio: "ignore" }));
    });
  },
  async firstProcess() {
    await adopt();
    setInterval(() => {}, 1_000);
  },
  async cancel() {
    const child = await adopt();
    child.on("exit", () => say("lost"));
    process.on("SIGINT", async () => {
      say("cancelled");
      await sleep(400);
      say("goes on");
    });
    process.on("SIGTERM", () => process.exit(4));
  },
  async exitDeferred() {
    ResourceContext.root.defer(() => fs.writeSync(1, "deferred\n"));
    process.exit(3);
  },
  async throwDeferred() {
    deferSlowly();
    setTimeout(() => {
      throw new Error("thrown on purpose");
    }, 1);
  },
  async manager() {
    const manager = new ResourceManager();
    manager.register("port", async () => {
      await sleep(100);
      say("released");
    });
    setInterval(() => {}, 1_000);
  },
  async managerDrained() {
    new ResourceManager().register("port", () => sleep(50).then(() => say("released")));
  },
  async rejectDeferred() {
    deferSlowly();
    setTimeout(() => Promise.reject(new Error("rejected on purpose")), 1);
  },
  async throwTwice() {
    deferSlowly();
    for (const ms of [1, 50]) {
      setTimeout(() => {
        throw new Error(`thrown after ${ms}`);
      }, ms);
    }
  },
  async throwText() {
    deferSlowly();
    setTimeout(() => {
      throw "text on purpose";
    }, 1);
  },
  async throwHandled() {
    deferSlowly();
    process.on("uncaughtException", (error) => {
      say(`host: ${error.message}`);
      process.exit(6);
    });
    setTimeout(() => {
      throw new Error("thrown on purpose");
    }, 1);
  },
  async fullDisk() {
    const ctx = new ResourceContext();
    ctx.stream(fs.createWriteStream("/dev/full")).write("line");
    await ctx.disposeAsync();
    say("as if nothing had happened");
  },
};

await programs[name]();
say("ready");
