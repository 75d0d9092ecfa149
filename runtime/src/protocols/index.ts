import "../disposable.js";

export {
  AbstractFileResource,
  AbstractManagedResource,
  AbstractNetworkResource,
  AbstractProcessResource,
  AbstractTaskResource,
} from "./abstract.js";
export {
  type AsyncMethod,
  ensureInitialized,
  type MethodDecorator,
  type Openable,
  type Releasable,
  withResourceCleanup,
} from "./decorators.js";
export type {
  AsyncCleanupProtocol,
  AsyncContextProtocol,
  CacheResourceProtocol,
  FallbackResourceProtocol,
  FileResourceProtocol,
  HealthCheckProtocol,
  LeaseProtocol,
  MonitorableResourceProtocol,
  NetworkResourceProtocol,
  PooledResourceProtocol,
  ProcessResourceProtocol,
  ResourceErrorProtocol,
  ResourceFactoryProtocol,
  ResourceLifecycleProtocol,
  ResourceManagerProtocol,
  SyncCleanupProtocol,
  TaskResourceProtocol,
} from "./interfaces.js";
export { type PoolLoad, PoolStepTimeoutError, PoolTimeoutError } from "./pool/errors.js";
export type { Lease } from "./pool/lease.js";
export type { AcquireOptions, PoolOptions } from "./pool/options.js";
export { ResourcePool } from "./pool/pool.js";
