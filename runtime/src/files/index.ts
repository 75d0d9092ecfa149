import "../disposable.js";

export { LockAlreadyHeldError, LockCompromisedError, type LockHolder, LockTimeoutError } from "./errors.js";
export { lockedFile, LockedFileResource, type LockOptions, withLockedFile } from "./lock/resource.js";
