import "./disposable.js";

export { type ContextOptions, type DisposeOptions, ResourceContext } from "./context.js";
export {
  AlreadyHeldError,
  CleanupError,
  type CleanupFailure,
  ContextClosedError,
  InvalidArgumentError,
  LimitExceededError,
  MissingPeerError,
  ReleaseTimeoutError,
  ResourceStateError,
  UnknownOptionError,
} from "./errors.js";
export { type Health, ManagedResource, type ResourceState } from "./managed-resource.js";
export {
  configure,
  type CurrentSettings,
  type KindLimit,
  type Logger,
  type Settings,
  settings,
} from "./settings.js";

export { atomicWriteFile, atomicWriteFileSync } from "./atomic-write/index.js";
