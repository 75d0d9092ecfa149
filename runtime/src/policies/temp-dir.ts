import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { Policy } from "../entry.js";

// Windows refuses for a moment while a scanner or a dying child has a file open.
const REMOVAL = { recursive: true, force: true, maxRetries: 3, retryDelay: 50 } as const;

/** How to remove a temporary folder, or undefined when what was given cannot be one. */
export function tempDirPolicy(value: unknown): Policy | undefined {
  const given = Buffer.isBuffer(value) ? value.toString() : value;
  if (typeof given !== "string" || given === "") return undefined;
  // Resolved now: the working directory may have changed when it is removed.
  const folder = path.resolve(given);
  if (holds(folder, process.cwd()) || holds(folder, os.homedir())) return undefined;
  return {
    kind: "tempDir",
    isProcessBound: true,
    release: () => fs.promises.rm(folder, REMOVAL),
    releaseSync: () => fs.rmSync(folder, REMOVAL),
  };
}

/** A folder that holds the working directory or the home of the user is nobody's temporary folder. */
function holds(folder: string, other: string): boolean {
  const relative = path.relative(folder, other);
  return relative === "" || (!relative.startsWith("..") && !path.isAbsolute(relative));
}
