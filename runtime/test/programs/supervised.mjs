// Holds a subprocess that is to be restarted whenever it ends: argv is [mark, how].
import { fileURLToPath } from "node:url";
import { ManagedSubprocess } from "../../dist/esm/index.js";

const [mark, how] = process.argv.slice(2);
const child = fileURLToPath(new URL("child.mjs", import.meta.url));
const say = (text) => process.stdout.write(`${text}\n`);

const worker = new ManagedSubprocess({
  command: process.execPath,
  args: [child, mark, "plain"],
  spawn: how === "drain" ? { stdio: "ignore" } : {},
  restart: { policy: "permanent", delay: 1 },
  health: { check: () => true, interval: 1_000 },
});
worker.on("restart", () => say("restart"));
worker.on("start", () => {
  if (how === "throw") throw new Error("thrown by a listener");
});
const { stdout } = await worker.initialize();
if (how === "drain") worker.value.unref();
else if (how === undefined) stdout.once("data", () => say("ready"));
