// A child of a fault program: argv is [mark, kind]. `stubborn` ignores SIGTERM, `family` has a child of its own.
// `tells` says which signal it got before it ends, a moment later; `deaf` says it and does not end. It says "ready" once all of this is so; how long that takes depends on how busy the machine is.
import * as cp from "node:child_process";

const [mark, kind] = process.argv.slice(2);
const ready = () => process.stdout.write("ready\n");
if (kind === "stubborn") process.on("SIGTERM", () => {});
if (kind === "tells" || kind === "deaf") {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      process.stdout.write(`${signal}.\n`);
      if (kind === "tells") setTimeout(() => process.exit(), 200);
    });
  }
}
if (kind === "family") {
  const grandchild = cp.spawn(process.execPath, [process.argv[1], mark, "plain"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  grandchild.stdout.once("data", ready);
} else ready();
setInterval(() => {}, 1_000);
