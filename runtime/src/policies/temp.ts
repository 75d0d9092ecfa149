import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import type { Policy } from "../entry.js";
import { wipeSync } from "./wipe.js";

// Windows refuses for a moment while a scanner or a dying child has a file open.
const REMOVAL = { force: true, maxRetries: 3, retryDelay: 50 } as const;

/** What goes with the removal. */
export interface TempCare {
  /** Overwrite the content before it is removed. */
  readonly secret?: boolean;
  /** Called when it is removed, or no longer ours to remove. */
  forget?(): void;
}

/** How to remove a temporary folder, or undefined when what was given cannot be one. */
export function tempDirPolicy(value: unknown, care: TempCare = {}): Policy | undefined {
  return tempPolicy("tempDir", value, care);
}

/** How to remove a temporary file. A folder is not removed. */
export function tempFilePolicy(value: unknown, care: TempCare = {}): Policy | undefined {
  return tempPolicy("tempFile", value, care);
}

/** A folder that holds the working directory or the home of the user is nobody's temporary folder. */
export const holdsWorkplace = (folder: string): boolean =>
  holds(folder, process.cwd()) || holds(folder, os.homedir());

function tempPolicy(kind: "tempDir" | "tempFile", value: unknown, care: TempCare): Policy | undefined {
  const place = pathOf(value);
  if (place === undefined || holdsWorkplace(place)) return undefined;
  const removal = { ...REMOVAL, recursive: kind === "tempDir" };
  let hasFailed = false;
  const wipe = (): void => {
    hasFailed = true;
    if (care.secret === true) wipeSync(place);
  };
  return {
    kind,
    isProcessBound: true,
    release: async () => {
      wipe();
      await fs.promises.rm(place, removal);
      hasFailed = false;
    },
    releaseSync: () => {
      wipe();
      fs.rmSync(place, removal);
      hasFailed = false;
    },
    // What could not be removed stays noted, for the next process to try.
    letGo: () => (hasFailed ? undefined : care.forget?.()),
  };
}

/** Resolved now: the working directory may have changed when it is removed. */
function pathOf(value: unknown): string | undefined {
  if (value instanceof URL && value.protocol === "file:") return fileURLToPath(value);
  const given = Buffer.isBuffer(value) ? value.toString() : value;
  return typeof given === "string" && given !== "" ? path.resolve(given) : undefined;
}

function holds(folder: string, other: string): boolean {
  const relative = path.relative(folder, other);
  return relative === "" || (!relative.startsWith("..") && !path.isAbsolute(relative));
}
