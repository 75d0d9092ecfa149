import { readdirSync, readlinkSync } from "node:fs";
import { open } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const path = fileURLToPath(import.meta.url);

async function* bytes(file: string): AsyncGenerator<number> {
  const handle = await open(file);
  for (let at = 0; at < 8; at++) {
    const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, at);
    yield buffer[0] ?? 0;
  }
  await handle.close();
}

/** Whether a descriptor of this process leads to the file. */
function isOpen(): boolean {
  return readdirSync("/proc/self/fd").some((one) => {
    try {
      return readlinkSync(`/proc/self/fd/${one}`) === path;
    } catch {
      return false;
    }
  });
}

const scenario = process.env["PAIR_SCENARIO"];
let count = 0;
try {
  for await (const byte of bytes(path)) {
    count += byte > 0 ? 1 : 0;
    if (scenario === "break" && count === 3) break;
    if (scenario === "throw" && count === 3) throw new Error("no more");
  }
} catch (error) {
  console.log((error as Error).message);
}
console.log(count, isOpen() ? "open" : "closed");
process.exit(0);
