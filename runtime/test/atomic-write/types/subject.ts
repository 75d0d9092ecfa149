import { atomicWriteFile, atomicWriteFileSync } from "../../../src/atomic-write/index.js";

/** What the call sites call. The types test puts `fs` here as well. */
export const writeFile = { promise: atomicWriteFile, callback: atomicWriteFile };
export const writeFileSync = atomicWriteFileSync;
