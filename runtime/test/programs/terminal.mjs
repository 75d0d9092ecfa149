// Programs that run in a terminal: argv is [name, mark].
import * as cp from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { ResourceContext } from "../../dist/esm/index.js";

const [name, mark] = process.argv.slice(2);
const say = (text) => process.stdout.write(`${text}\n`);
const child = fileURLToPath(new URL("child.mjs", import.meta.url));
const node = (kind, options) => [process.execPath, [child, mark, kind], options];
const piped = { stdio: ["ignore", "pipe", "inherit"] };
const ctx = new ResourceContext();

async function held() {
  const apart = cp.spawn(...node("tells", { ...piped, stdio: ["ignore", "pipe", "ignore"], detached: true }));
  ctx.process(apart);
  const shared = ctx.process(cp.spawn(...node("tells", piped)));
  for (const one of [apart, shared]) {
    await once(one.stdout, "data");
    one.stdout.on("data", (chunk) => process.stdout.write(`${one === apart ? "apart" : "shared"} ${chunk}`));
  }
}

async function interrupted(before) {
  await once(ctx.spawn("sh", ["-c", `${before}kill -INT $$ # ${mark}`], { stdio: "inherit" }), "exit");
  say("over");
}

const programs = {
  async reads() {
    const reader = ctx.spawn("sh", ["-c", `read line; echo "got: $line" # ${mark}`], { stdio: "inherit" });
    say("ready");
    await once(reader, "exit");
    say("over");
  },
  async selfish() {
    await interrupted("");
  },
  async late() {
    await interrupted(`(sleep 0.05; kill -INT ${process.pid}) & `);
  },
  async held() {
    await held();
    say("ready");
    await sleep(60_000);
  },
  async host() {
    process.on("SIGINT", async () => {
      say("host");
      await sleep(300);
      process.exit(5);
    });
    await programs.held();
  },
};

await programs[name]();
