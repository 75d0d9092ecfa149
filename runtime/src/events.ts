import * as diagnostics from "node:diagnostics_channel";

/** What is published on the channel `resource:<name>` of `node:diagnostics_channel`. Times are in milliseconds. */
export interface ResourceEvents {
  /** A resource is held from now on. */
  readonly acquire: { readonly kind: string; readonly owner: string };
  /** A resource is held no more; `error` when its release failed. */
  readonly release: {
    readonly kind: string;
    readonly owner: string;
    readonly age: number;
    readonly duration: number;
    readonly error?: unknown;
  };
  /** A release, a lock or a pool did not answer in time. */
  readonly timeout: { readonly kind: string; readonly owner: string; readonly limit: number };
  /** A resource was lost without having been released. */
  readonly leak: { readonly kind: string; readonly age: number; readonly site?: string };
  /** A supervised resource is started again. */
  readonly restart: {
    readonly kind: string;
    readonly name: string;
    readonly attempt: number;
    readonly delay: number;
    readonly error?: unknown;
  };
  /** A health check has a new result. */
  readonly health: {
    readonly kind: string;
    readonly name: string;
    readonly status: "ok" | "degraded" | "failed";
    readonly detail?: string;
  };
}

/** `acquire`, `release`, `timeout`, `leak`, `restart` or `health`. */
export type ResourceEventName = keyof ResourceEvents;

const channels = new Map<ResourceEventName, diagnostics.Channel>();

/** The channel of one event. */
export function channelOf(name: ResourceEventName): diagnostics.Channel {
  const known = channels.get(name);
  if (known !== undefined) return known;
  const channel = diagnostics.channel(`resource:${name}`);
  channels.set(name, channel);
  return channel;
}

/** Publishes an event; `message` is called only when somebody listens. */
export function publish<N extends ResourceEventName>(name: N, message: () => ResourceEvents[N]): void {
  const channel = channelOf(name);
  if (channel.hasSubscribers) channel.publish(message());
}
