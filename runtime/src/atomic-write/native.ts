import * as fs from "node:fs";
import { run } from "./calls.js";
import type { Payload, Request } from "./request.js";
import { whenDescriptorsAllow, whenDescriptorsAllowSync } from "./retry.js";

/** Devices, pipes and directories are written, or refused, as `fs.writeFile` does it. */
export async function writeNatively(request: Request, payload: Payload): Promise<void> {
  const { encoding, mode, flush, signal } = request.settings;
  const options = { encoding, mode, flush, ...(signal && { signal }) };
  const place = placeOf(request);
  if (!(payload instanceof Uint8Array)) return fs.promises.writeFile(place, payload, options);
  return whenDescriptorsAllow(() => run((done) => fs.writeFile(place, payload, options, done)));
}

/** @see writeNatively */
export function writeNativelySync(request: Request, bytes: Uint8Array): void {
  const { mode, flush } = request.settings;
  const options = { mode, flush };
  whenDescriptorsAllowSync(() => fs.writeFileSync(placeOf(request), bytes, options));
}

/** The caller's own spelling, for the sake of error messages, while it still means the same file. */
export function placeOf({ asked, path, cwd }: Request): string {
  return process.cwd() === cwd ? asked : path;
}
