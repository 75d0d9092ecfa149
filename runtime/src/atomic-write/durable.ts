import * as fs from "node:fs";
import { run } from "./calls.js";
import { codeOf } from "./errors.js";
import { whenDescriptorsAllow } from "./retry.js";

/** What file systems say that have nothing to flush, or do not let a directory be opened. */
const CANNOT_FLUSH = new Set(["EINVAL", "ENOSYS", "ENOTSUP", "EPERM", "EACCES", "EISDIR"]);

/** The bytes must be on disk before the rename is, or a power cut leaves the new name on an empty file. */
export async function flushFile(fd: number): Promise<void> {
  await tolerate(run((done) => fs.fsync(fd, done)));
}

/** @see flushFile */
export function flushFileSync(fd: number): void {
  tolerateSync(() => fs.fsyncSync(fd));
}

/** Makes the rename itself survive a power cut. Windows has no such call. */
export async function flushDirectory(directory: string): Promise<void> {
  if (process.platform === "win32") return;
  await tolerate(openAndFlush(directory));
}

/** @see flushDirectory */
export function flushDirectorySync(directory: string): void {
  if (process.platform === "win32") return;
  tolerateSync(() => {
    const fd = fs.openSync(directory, "r");
    try {
      fs.fsyncSync(fd);
    } finally {
      fs.closeSync(fd);
    }
  });
}

/** Only the flush waits for the disk; opening what was used a moment ago is not worth a trip to the thread pool. */
async function openAndFlush(directory: string): Promise<void> {
  const fd = await whenDescriptorsAllow(async () => fs.openSync(directory, "r"));
  try {
    await run((done) => fs.fsync(fd, done));
  } finally {
    fs.closeSync(fd);
  }
}

async function tolerate(flush: Promise<void>): Promise<void> {
  try {
    await flush;
  } catch (error) {
    if (!CANNOT_FLUSH.has(codeOf(error) ?? "")) throw error;
  }
}

function tolerateSync(flush: () => void): void {
  try {
    flush();
  } catch (error) {
    if (!CANNOT_FLUSH.has(codeOf(error) ?? "")) throw error;
  }
}
