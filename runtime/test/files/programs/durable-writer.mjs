// Two pieces and a commit, for a look at the system calls: durable-writer.mjs FILE DURABILITY
import * as path from "node:path";
import { AtomicFileWriter } from "../../../dist/esm/files/index.js";

const [, , file, durability] = process.argv;
await new AtomicFileWriter("/dev/null").commit();
// A folder known to be clean is not looked through.
globalThis[Symbol.for("resource-context/atomic-write/1")]?.swept.add(path.dirname(file));
const writer = new AtomicFileWriter(file, { durability });
await writer.write("one ");
await writer.write("two");
await writer.commit();
