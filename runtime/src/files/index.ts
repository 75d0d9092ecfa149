import "../disposable.js";

export {
  AtomicFileWriter,
  atomicFileWrite,
  type AtomicWriteResult,
  type AtomicWriterOptions,
} from "./atomic-writer.js";
export {
  LockAlreadyHeldError,
  LockCompromisedError,
  type LockHolder,
  LockTimeoutError,
  PathOutsideRootError,
} from "./errors.js";
export { resolveInside, resolveInsideSync } from "./inside.js";
export { lockedFile, LockedFileResource, type LockOptions, withLockedFile } from "./lock/resource.js";
