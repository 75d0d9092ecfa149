import { accessSync, constants, readFileSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { RefusedError, toError } from "../errors.js";
import type { Change } from "./commit.js";

/** Whatever would stop the writing half-way is better found before it starts. */
export function preflight(changes: readonly Change[]): void {
  refuse(
    changes.flatMap((change) => (isUnchanged(change) ? [] : [change.file])),
    {
      what: "changed on disk since it was read",
      todo: "Run the command again.",
    },
  );
  refuse(
    changes.flatMap((change) => (isWritable(change.path) ? [] : [change.file])),
    {
      what: "cannot be written",
      todo: "Make the file and its folder writable, or leave it out with --ignore.",
    },
  );
}

function refuse(
  files: readonly string[],
  { what, todo }: { readonly what: string; readonly todo: string },
): void {
  if (files.length === 0) return;
  const names = files.map((file) => `  ${file}: ${what}`).join("\n");
  throw new RefusedError(`Nothing was written.\n${names}\n${todo}`);
}

function isUnchanged(change: Change): boolean {
  try {
    return readFileSync(change.path).equals(Buffer.from(change.before, "utf8"));
  } catch (thrown) {
    throw new RefusedError(`Nothing was written.\n  ${change.file}: ${toError(thrown).message}`);
  }
}

/** Root may write to a file without any write bit, but whoever took the bits away meant it. */
function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    accessSync(dirname(path), constants.W_OK);
    return (statSync(path).mode & 0o222) !== 0;
  } catch {
    return false;
  }
}
