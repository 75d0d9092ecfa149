// One write, for a look at its system calls. A directory known to be clean is not looked through.
import * as path from "node:path";

const [entry, how, file, durability] = process.argv.slice(2);
const { atomicWriteFile, atomicWriteFileSync } = await import(entry);
atomicWriteFileSync("/dev/null", "");
globalThis[Symbol.for("resource-context/atomic-write/1")]?.swept.add(path.dirname(file));
const write = how === "sync" ? atomicWriteFileSync : atomicWriteFile;
await write(file, "new", { durability });
