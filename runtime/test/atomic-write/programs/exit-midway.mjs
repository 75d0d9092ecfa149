// Ends while writes are under way; nobody kills it, so it can and must clean up after itself.
import { setTimeout } from "node:timers/promises";
import * as path from "node:path";

const [entry, how, directory] = process.argv.slice(2);
const { atomicWriteFile } = await import(entry);

async function* slowly() {
  yield "first half";
  await setTimeout(60_000, undefined, { ref: how !== "drain" });
}
for (const name of ["a", "b"]) void atomicWriteFile(path.join(directory, name), slowly());
await setTimeout(200);
if (how === "exit") process.exit(3);
if (how === "throw") throw new Error("as asked");
if (how === "reject") void Promise.reject(new Error("as asked"));
