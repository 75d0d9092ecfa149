// Writes a part of a file and is stopped: node partial.mjs <mark> <file> <how>
import { once } from "node:events";
import { createWriteStream, existsSync } from "node:fs";
import { ResourceContext } from "../../dist/esm/index.js";

const [, , , file, how] = process.argv;
const ctx = new ResourceContext();
const target = ctx.stream(createWriteStream(file), { removePartial: true });
if (how === "full") {
  target.write(Buffer.alloc(1_000_000));
  target.end();
  const [error] = await once(target, "error");
  console.log(error.code);
  await ctx.disposeAsync();
  console.log(existsSync(file) ? "kept" : "removed");
} else {
  await once(target, "open");
  target.write("first half,");
  console.log(existsSync(file) ? "ready" : "missing");
  setInterval(() => {}, 1_000);
  if (how === "exit") process.exit(3);
  if (how === "throw") throw new Error("thrown on purpose");
}
