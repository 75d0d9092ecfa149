import "../disposable.js";

export {
  atomicWriteFile,
  atomicWriteFileSync,
  type AtomicWriteOptions,
  type Durability,
} from "../atomic-write/index.js";
export {
  AtomicFileWriter,
  atomicFileWrite,
  type AtomicWriteResult,
  type AtomicWriterOptions,
} from "./atomic-writer.js";
export { BatchFileOperations, type BatchOptions, withBatchFileOperations } from "./batch/batch.js";
export { type DecodedText, decodeText, type TextEncoding } from "./decode.js";
export {
  BatchError,
  type BatchResult,
  FileTooLargeError,
  LockAlreadyHeldError,
  LockCompromisedError,
  type LockHolder,
  LockTimeoutError,
  PathOutsideRootError,
} from "./errors.js";
export { resolveInside, resolveInsideSync } from "./inside.js";
export { lockedFile, LockedFileResource, type LockOptions, withLockedFile } from "./lock/resource.js";
export { type DirectoryOptions, SafeDirectoryCreator, withSafeDirectory } from "./safe-directory.js";
export { SafeFileOperations, type SafeFileOptions } from "./safe-operations.js";
