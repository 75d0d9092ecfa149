import "./disposable.js";

export type { TempAdoption } from "./acquire/temp.js";
export type { AcquiringContext, Place } from "./acquiring.js";
export type { AdoptingContext } from "./adopting.js";
export type { StreamCare } from "./policies/stream.js";
export { ResourceContext } from "./context.js";
export {
  AlreadyHeldError,
  CleanupError,
  type CleanupFailure,
  ContextClosedError,
  type InvalidArgument,
  InvalidArgumentError,
  LimitExceededError,
  MissingPeerError,
  ReleaseTimeoutError,
  ResourceStateError,
  type Thrown,
  UnknownOptionError,
} from "./errors.js";
export type { ResourceEventName, ResourceEvents } from "./events.js";
export {
  type Checkable,
  HealthMonitor,
  type HealthMonitorOptions,
  type HealthReport,
  type WatchOptions,
} from "./health-monitor.js";
export { type ContextOptions, type DisposeOptions } from "./options.js";
export {
  cleanupAllGlobalResources,
  type ManagerMetrics,
  type ManagerOptions,
  ResourceManager,
} from "./manager.js";
export {
  type ResourceBody,
  withManagedProcess,
  withResourceCleanup,
  withTempDir,
  withTempFile,
} from "./raii.js";
export type { TempOptions } from "./temp/create.js";
export { type Health, ManagedResource, type ResourceState } from "./managed-resource.js";
export {
  configure,
  type CurrentSettings,
  type KindLimit,
  type Logger,
  type Settings,
  settings,
} from "./settings.js";

export {
  atomicWriteFile,
  atomicWriteFileSync,
  type AtomicWriteOptions,
  type Durability,
} from "./atomic-write/index.js";

export { type Exit, IsolationError, RestartLimitError, SubprocessStartError } from "./process/errors.js";
export type { Verdict } from "./health-check.js";
export type { HealthOptions } from "./process/health-watch.js";
export type { Isolation, ProcessLimits } from "./process/isolation.js";
export type { RestartOptions } from "./process/restart.js";
export { ManagedSubprocess, type SubprocessEvents, type SubprocessStatus } from "./process/subprocess.js";
export type { AdoptionOptions, SubprocessOptions, SupervisionOptions } from "./process/subprocess-options.js";
