import type * as cp from "node:child_process";
import { describe, expect, expectTypeOf, it } from "vitest";
import { type ManagedResource, ResourceContext } from "../../src/index.js";
import {
  type AbstractFileResource,
  type AbstractManagedResource,
  type AbstractNetworkResource,
  type AbstractProcessResource,
  type AbstractTaskResource,
  type AsyncCleanupProtocol,
  type AsyncContextProtocol,
  type CacheResourceProtocol,
  ensureInitialized,
  type FallbackResourceProtocol,
  type FileResourceProtocol,
  type HealthCheckProtocol,
  type Lease,
  type LeaseProtocol,
  type MonitorableResourceProtocol,
  type NetworkResourceProtocol,
  type PooledResourceProtocol,
  type ProcessResourceProtocol,
  type ResourceErrorProtocol,
  type ResourceFactoryProtocol,
  type ResourceLifecycleProtocol,
  type ResourceManagerProtocol,
  ResourcePool,
  type SyncCleanupProtocol,
  type TaskResourceProtocol,
  withResourceCleanup,
} from "../../src/protocols/index.js";

// The compiler is what fails here: `satisfies`, `expectTypeOf` and `@ts-expect-error` are checked by the type check of
// the tests. What is run is run only so that nothing is unused.

declare const managed: ManagedResource<string>;
declare const file: AbstractFileResource;
declare const child: AbstractProcessResource;
declare const task: AbstractTaskResource<number>;
declare const link: AbstractNetworkResource;
declare const pool: ResourcePool<URL>;
declare const lease: Lease<URL>;
declare const context: ResourceContext;

const assertions = () => [
  managed satisfies AsyncCleanupProtocol & SyncCleanupProtocol & AsyncContextProtocol<string>,
  managed satisfies ResourceLifecycleProtocol<string> & HealthCheckProtocol,
  managed satisfies AbstractManagedResource<string>,
  file satisfies FileResourceProtocol & ResourceLifecycleProtocol,
  child satisfies ProcessResourceProtocol & ResourceLifecycleProtocol,
  task satisfies TaskResourceProtocol<number> & ResourceLifecycleProtocol,
  link satisfies NetworkResourceProtocol & ResourceLifecycleProtocol,
  pool satisfies PooledResourceProtocol<URL> & MonitorableResourceProtocol & ResourceLifecycleProtocol<void>,
  lease satisfies LeaseProtocol<URL> & AsyncDisposable & Disposable,
  context satisfies ResourceManagerProtocol & AsyncCleanupProtocol & SyncCleanupProtocol,
  Object.assign(new Map<string, URL>(), {
    [Symbol.asyncDispose]: async () => {},
  }) satisfies CacheResourceProtocol,
  {
    kind: "worker",
    create: (ctx: ResourceContext) => ctx.spawn("worker"),
  } satisfies ResourceFactoryProtocol<cp.ChildProcess>,
  {
    handleError: () => true,
    shouldRetry: () => false,
    getRetryDelay: () => 0,
  } satisfies ResourceErrorProtocol,
  { hasFallback: true, getFallback: async () => undefined } satisfies FallbackResourceProtocol<URL>,
];

describe("the protocols", () => {
  it("are what the classes of this package satisfy", () => {
    expectTypeOf(assertions).toBeFunction();
    // @ts-expect-error -- a class without a way to be released
    expectTypeOf<AsyncCleanupProtocol>(new URL("file:///"));
    // @ts-expect-error -- a process is no connection
    expectTypeOf<typeof child>().toExtend<NetworkResourceProtocol>();
    expect(assertions).toBeTypeOf("function");
  });

  it("give a lease the type of what the factory makes", () => {
    const workers = new ResourcePool({ kind: "worker", create: (ctx) => ctx.spawn("worker") });
    expectTypeOf(workers.acquire).returns.resolves.toHaveProperty("value").toExtend<cp.ChildProcess>();
    expectTypeOf(
      new ResourcePool({ kind: "n", create: async (ctx) => ctx.adopt(1, () => {}) }),
    ).toEqualTypeOf<ResourcePool<number>>();
    expect(workers.size).toBe(0);
  });

  it("keep the type of a decorated method, and know the property", () => {
    class Upload {
      connection: ManagedResource<string> | undefined;
      count = 0;

      @ensureInitialized("connection")
      async send(text: string): Promise<number> {
        return text.length;
      }

      @withResourceCleanup("connection")
      async run(): Promise<Upload> {
        return this;
      }
    }
    expectTypeOf<Upload["send"]>().toEqualTypeOf<(text: string) => Promise<number>>();
    expect(Upload).toBeTypeOf("function");
  });

  it("refuse a property that does not exist, one that cannot be released, and a method that is not asynchronous", () => {
    class Wrong {
      connection: ManagedResource<string> | undefined;
      count = 0;

      // @ts-expect-error -- misspelt
      @withResourceCleanup("conection")
      async first(): Promise<void> {}

      // @ts-expect-error -- a number
      @withResourceCleanup("count")
      async second(): Promise<void> {}

      // @ts-expect-error -- nothing to wait for
      @withResourceCleanup("connection")
      third(): number {
        return this.count;
      }
    }
    expect(Wrong).toBeTypeOf("function");
  });

  it("keep the arguments and the result of a plain function", () => {
    const send = withResourceCleanup(null, async (text: string, times: number) => text.repeat(times));
    expectTypeOf(send).toEqualTypeOf<(text: string, times: number) => Promise<string>>();
    // @ts-expect-error -- cannot be released
    withResourceCleanup({ close: () => {} }, async () => {});
    expect(new ResourceContext().size).toBe(0);
  });
});
