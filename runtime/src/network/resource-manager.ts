import { after, now } from "../clock.js";
import { CleanupError, type CleanupFailure, ReleaseTimeoutError } from "../errors.js";
import type { HealthMonitorOptions } from "../health-monitor.js";
import { ManagedResource } from "../managed-resource.js";
import { serverPolicy } from "../policies/server.js";
import { ManagedSubprocess } from "../process/subprocess.js";
import type { AdoptionOptions, SubprocessOptions } from "../process/subprocess-options.js";
import { report } from "../report.js";
import { settings } from "../settings.js";
import { expectDuration, expectMethods, expectOptions } from "../validate.js";
import { ManagedHTTPClient } from "./http/client.js";
import type { HttpClientOptions } from "./http/options.js";
import { checkPort, type PortOptions, waitForPort, type WaitOptions } from "./ports.js";
import { ManagedWebSocketConnection } from "./websocket/connection.js";
import { WebSocketHealthMonitor } from "./websocket/health-monitor.js";
import type { WebSocketConnectionOptions, WebSocketTarget } from "./websocket/options.js";
import { ManagedWebSocketServer } from "./websocket/server.js";
import type { WebSocketServerOptions } from "./websocket/server-options.js";

/** What this package needs of a server of Node. */
export interface ServerLike {
  /** Takes no more connections. */
  close(): unknown;
}

/** How a manager closes, and how it looks after what it made. */
export interface NetworkManagerOptions {
  /** How long all of it may take to close, in milliseconds. Default: that of `configure`, 30,000. */
  readonly totalTimeout?: number;
  /** Look at everything that was made, again and again, and connect lost WebSockets again. Default: only when asked. */
  readonly health?: HealthMonitorOptions;
}

/** In this order they close: nobody may come in any more before what answers them goes away. */
const STAGES = ["servers", "sockets", "clients", "processes"] as const;
type Stage = (typeof STAGES)[number];

/** Makes what a program needs of the network, and closes all of it in one order. */
export class NetworkResourceManager extends ManagedResource<void> {
  readonly kind = "networkManager";
  /** Looks at everything that this manager made. */
  readonly monitor: WebSocketHealthMonitor;
  readonly #totalTimeout: number | undefined;
  readonly #isWatching: boolean;
  /** Each with the way to stop looking after it. */
  readonly #held: Readonly<Record<Stage, Map<ManagedResource, () => void>>> = {
    servers: new Map(),
    sockets: new Map(),
    clients: new Map(),
    processes: new Map(),
  };

  constructor(options?: NetworkManagerOptions) {
    super();
    const { totalTimeout, health } = expectOptions("options", options, ["totalTimeout", "health"]);
    this.#totalTimeout =
      totalTimeout === undefined ? undefined : expectDuration("totalTimeout", totalTimeout);
    this.monitor = new WebSocketHealthMonitor(health);
    this.#isWatching = health !== undefined;
  }

  /** A server of WebSockets that listens. */
  createWebSocketServer(options: WebSocketServerOptions): Promise<ManagedWebSocketServer> {
    return this.#open("servers", new ManagedWebSocketServer(options));
  }

  /** A WebSocket that is connected. */
  createWebSocket(
    target: WebSocketTarget,
    options?: WebSocketConnectionOptions,
  ): Promise<ManagedWebSocketConnection> {
    return this.#open("sockets", new ManagedWebSocketConnection(target, options));
  }

  /** An HTTP client. */
  createHttpClient(options?: HttpClientOptions): Promise<ManagedHTTPClient> {
    return this.#open("clients", new ManagedHTTPClient(options));
  }

  /** A subprocess that runs: one that is started, or a child that is adopted. */
  createSubprocess(options: SubprocessOptions | AdoptionOptions): Promise<ManagedSubprocess> {
    return this.#open("processes", new ManagedSubprocess(options));
  }

  /** Takes over a server of `node:net`, `http`, `https` or `http2`, and gives it back. */
  async server<T extends ServerLike>(server: T): Promise<T> {
    await this.#open("servers", new HeldServer(expectMethods("server", server, ["close", "on"])));
    return server;
  }

  /** Whether something accepts connections on a port. */
  checkPort(port: number, options?: PortOptions): Promise<boolean> {
    return checkPort(port, options);
  }

  /** Waits until something accepts connections on a port. */
  waitForPort(port: number, options?: WaitOptions): Promise<void> {
    return waitForPort(port, options);
  }

  protected onInitialize(): void {
    if (this.#isWatching) this.monitor.start();
  }

  /** Held before it is opened: what is half open when the manager closes is closed as well. */
  async #open<R extends ManagedResource>(stage: Stage, resource: R): Promise<R> {
    await this.initialize();
    const held = this.#held[stage];
    for (const one of held.keys()) if (one.state === "closed") this.#forget(held, one);
    held.set(resource, () => {});
    try {
      await resource.initialize();
    } catch (thrown) {
      held.delete(resource);
      throw thrown;
    }
    held.set(resource, this.monitor.watch(resource));
    return resource;
  }

  #forget(held: Map<ManagedResource, () => void>, resource: ManagedResource): void {
    held.get(resource)?.();
    held.delete(resource);
  }

  protected async onClose(): Promise<void> {
    this.monitor.stop();
    const deadline = now() + (this.#totalTimeout ?? settings().totalTimeout);
    const failures: CleanupFailure[] = [];
    for (const stage of STAGES) {
      const closing = [...this.#held[stage].keys()].map((one) => closeInTime(one, deadline - now()));
      failures.push(...(await Promise.all(closing)).filter((failure) => failure !== undefined));
      this.#held[stage].clear();
    }
    if (failures.length > 0) throw new CleanupError(failures);
  }

  protected override onCloseSync(): void {
    this.monitor.stop();
    for (const stage of STAGES) for (const one of this.#held[stage].keys()) closeNow(one);
  }
}

class HeldServer extends ManagedResource<ServerLike> {
  readonly kind = "server";
  readonly #policy;
  readonly #server: ServerLike;

  constructor(server: ServerLike) {
    super();
    this.#server = server;
    this.#policy = serverPolicy(server, () => {});
  }

  protected onInitialize(): ServerLike {
    return this.#server;
  }

  protected async onClose(): Promise<void> {
    await this.#policy?.release(settings().resourceTimeout);
    this.#policy?.letGo?.();
  }

  protected override onCloseSync(): void {
    this.#policy?.releaseSync();
    this.#policy?.letGo?.();
  }
}

/** What does not close in time is left behind; the next stage must have its turn. */
function closeInTime(resource: ManagedResource, ms: number): Promise<CleanupFailure | undefined> {
  const { kind } = resource;
  const limit = Math.max(0, ms);
  return new Promise((resolve) => {
    const cancel = after(limit, () => resolve({ kind, error: new ReleaseTimeoutError(kind, limit) }));
    const end = (failure?: CleanupFailure): void => {
      cancel();
      resolve(failure);
    };
    resource.close().then(
      () => end(),
      (error: unknown) => end({ kind, error }),
    );
  });
}

function closeNow(resource: ManagedResource): void {
  try {
    resource.closeSync();
  } catch (error) {
    report([{ kind: resource.kind, error }]);
  }
}
