// The next start: one write into the directory where an earlier process was killed.
import { setTimeout } from "node:timers/promises";

const [entry, how, file] = process.argv.slice(2);
const runtime = await import(entry);
await runtime[how](file, Buffer.alloc(1024 * 1024, "d"));
await setTimeout(1);
process.stdout.write("null");
