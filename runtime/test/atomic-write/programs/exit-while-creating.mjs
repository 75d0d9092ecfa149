// Ends while the thread that creates temps still has other work before it: argv is [entry, place]. It has one thread.
import { pbkdf2 } from "node:crypto";
import { pathToFileURL } from "node:url";

const [entry, place] = process.argv.slice(2);
const { atomicWriteFile } = await import(pathToFileURL(entry));
const { pending } = await prepared();

async function prepared() {
  await atomicWriteFile(`${place}/before.txt`, "text");
  return globalThis[Symbol.for("resource-context/atomic-write/1")];
}

/** Some milliseconds of work for that thread, again and again. */
const keepBusy = () => pbkdf2("text", "salt", 4_000, 64, "sha512", keepBusy);
keepBusy();
keepBusy();
atomicWriteFile(`${place}/after.txt`, "text").catch(() => {});
const endOnceItCreates = () => (pending.size > 0 ? process.exit(3) : setImmediate(endOnceItCreates));
endOnceItCreates();
