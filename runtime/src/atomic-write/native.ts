import * as fs from "node:fs";
import { run } from "./calls.js";
import type { Payload, Request } from "./request.js";
import { whenDescriptorsAllow, whenDescriptorsAllowSync } from "./retry.js";

/** Writes into the file itself, as `fs.writeFile` does: the inode stays, and so do its other names. */
export async function overwrite(request: Request, payload: Payload): Promise<void> {
  const { encoding, mode, flush, signal } = request.settings;
  const options = { encoding, mode, flush, ...(signal && { signal }) };
  const place = placeOf(request);
  if (!(payload instanceof Uint8Array)) return fs.promises.writeFile(place, payload, options);
  return whenDescriptorsAllow(() => run((done) => fs.writeFile(place, payload, options, done)));
}

/** @see overwrite */
export function overwriteSync(request: Request, bytes: Uint8Array): void {
  const { mode, flush } = request.settings;
  const options = { mode, flush };
  whenDescriptorsAllowSync(() => fs.writeFileSync(placeOf(request), bytes, options));
}

/** The caller's own spelling, for the sake of error messages, while it still means the same file. */
function placeOf({ asked, path, cwd }: Request): string {
  return process.cwd() === cwd ? asked : path;
}
