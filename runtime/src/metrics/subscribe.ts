import "../symbols.js";
import * as diagnostics from "node:diagnostics_channel";
import { read } from "../duck.js";
import type { ResourceEventName, ResourceEvents } from "../events.js";

/** What listens to the events of this package, until it is stopped. */
export interface Subscription extends Disposable {
  /** Hears nothing from now on. */
  stop(): void;
  /** The same as {@link stop}, for `using`. */
  [Symbol.dispose](): void;
}

/** A listener for each event that is of interest. */
export type Listeners = { readonly [N in ResourceEventName]?: (message: ResourceEvents[N]) => void };

/** Hears the events of all copies of this package in the process. */
export function subscribe(listeners: Listeners): Subscription {
  const stops = [
    listen("acquire", listeners.acquire),
    listen("release", listeners.release),
    listen("timeout", listeners.timeout),
    listen("leak", listeners.leak),
    listen("restart", listeners.restart),
    listen("health", listeners.health),
  ];
  const stop = (): void => stops.forEach((end) => end());
  return { stop, [Symbol.dispose]: stop };
}

function listen<N extends ResourceEventName>(
  name: N,
  listener: ((message: ResourceEvents[N]) => void) | undefined,
): () => void {
  if (listener === undefined) return () => {};
  const channel = `resource:${name}`;
  const onMessage = (message: unknown): void => {
    if (isEvent<N>(message)) listener(message);
  };
  diagnostics.subscribe(channel, onMessage);
  return () => void diagnostics.unsubscribe(channel, onMessage);
}

/** Anybody can publish on a channel; what has no kind is not ours. */
const isEvent = <N extends ResourceEventName>(message: unknown): message is ResourceEvents[N] =>
  typeof read(message, "kind") === "string";
