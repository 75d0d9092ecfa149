import {
  type Checkable,
  HealthMonitor,
  type HealthMonitorOptions,
  type WatchOptions,
} from "../../health-monitor.js";
import type { Health } from "../../managed-resource.js";
import { ManagedWebSocketConnection } from "./connection.js";

/**
 * A {@link HealthMonitor} that asks WebSockets for a sign of life instead of believing what they say, and has those
 * connected again that give none.
 */
export class WebSocketHealthMonitor extends HealthMonitor {
  readonly #timeout: number;

  constructor(options?: HealthMonitorOptions) {
    super(options);
    this.#timeout = options?.timeout ?? 5_000;
  }

  override watch(resource: Checkable, options?: WatchOptions): () => void {
    if (!(resource instanceof ManagedWebSocketConnection)) return super.watch(resource, options);
    const { kind, name } = resource;
    const restart = resource.canReconnect ? { restart: () => resource.reconnect() } : {};
    return super.watch(
      { kind, name, health: () => probe(resource, this.#timeout) },
      { ...restart, ...options },
    );
  }
}

/** A slow answer is a warning; half of the time that a check may take is slow. */
async function probe(connection: ManagedWebSocketConnection, timeout: number): Promise<Health> {
  if (!connection.isConnected) return await connection.health();
  const took = await connection.ping(timeout);
  return { status: took < timeout / 2 ? "ok" : "degraded", detail: `answered after ${Math.ceil(took)} ms` };
}
