import "./disposable.js";

export { type ContextOptions, type DisposeOptions, ResourceContext } from "./context.js";
export { CleanupError, type CleanupFailure, ContextClosedError, ReleaseTimeoutError } from "./errors.js";
export { configure, type Settings } from "./state.js";

export { atomicWriteFile, atomicWriteFileSync } from "./atomic-write/index.js";
