import "../symbols.js";
import { read } from "../duck.js";
import { loadPeer } from "../peers.js";
import { expectMethods, expectOptions } from "../validate.js";
import { type Change, DURATION_BUCKETS, FIGURES, type Labels, record } from "./instruments.js";
import type { Subscription } from "./subscribe.js";

/** What is needed of a registry of prom-client. */
export interface Registry {
  /** Takes a metric. */
  registerMetric(metric: never): void;
  /** Drops a metric. */
  removeSingleMetric(name: string): void;
}

/** Where the figures go. */
export interface PromClientOptions {
  /** Default: the global registry of `prom-client`. */
  readonly register?: Registry;
}

interface MetricOptions {
  readonly name: string;
  readonly help: string;
  readonly labelNames: readonly string[];
  readonly registers: readonly Registry[];
  readonly buckets?: readonly number[];
}

interface Counting {
  inc(labels: Labels, value: number): void;
}

/** What is needed of `prom-client`. */
interface PromClient {
  readonly register: Registry;
  readonly Counter: new (options: MetricOptions) => Counting;
  readonly Gauge: new (options: MetricOptions) => Counting;
  readonly Histogram: new (options: MetricOptions) => { observe(labels: Labels, value: number): void };
}

const NAMES = {
  open: "resource_context_open",
  acquired: "resource_context_acquired_total",
  released: "resource_context_released_total",
  timeouts: "resource_context_timeouts_total",
  leaks: "resource_context_leaks_total",
  restarts: "resource_context_restarts_total",
  unhealthy: "resource_context_unhealthy_total",
  duration: "resource_context_release_duration_seconds",
} as const satisfies Record<keyof typeof FIGURES, string>;

/**
 * Records to prom-client as `resource_context_open` (gauge), `resource_context_acquired_total`, `_released_total`,
 * `_timeouts_total`, `_leaks_total`, `_restarts_total`, `_unhealthy_total` and `_release_duration_seconds`, each by
 * kind. Call it once, at the start: what was acquired before is not counted. Stopping removes the metrics from the
 * registry. Rejects with `MissingPeerError` when `prom-client` is not installed.
 */
export async function recordToPromClient(options?: PromClientOptions): Promise<Subscription> {
  const { register } = expectOptions<PromClientOptions>("options", options, ["register"]);
  if (register !== undefined) expectMethods("register", register, ["registerMetric", "removeSingleMetric"]);
  const client = await load();
  const registry = register ?? client.register;
  const optionsOf = (name: keyof typeof FIGURES): MetricOptions => {
    const { help, labels } = FIGURES[name];
    return { name: NAMES[name], help, labelNames: labels, registers: [registry] };
  };
  const counter = (name: keyof typeof FIGURES): Change => counting(new client.Counter(optionsOf(name)));
  const histogram = new client.Histogram({ ...optionsOf("duration"), buckets: DURATION_BUCKETS });
  const subscription = record({
    open: counting(new client.Gauge(optionsOf("open"))),
    acquired: counter("acquired"),
    released: counter("released"),
    timeouts: counter("timeouts"),
    leaks: counter("leaks"),
    restarts: counter("restarts"),
    unhealthy: counter("unhealthy"),
    duration: (value, labels) => histogram.observe(labels, value),
  });
  return removing(subscription, registry);
}

/** Stops, and takes the metrics out, so that they can be registered again. */
function removing(subscription: Subscription, registry: Registry): Subscription {
  const stop = (): void => {
    subscription.stop();
    for (const name of Object.values(NAMES)) registry.removeSingleMetric(name);
  };
  return { stop, [Symbol.dispose]: stop };
}

async function load(): Promise<PromClient> {
  const loaded = await loadPeer("prom-client");
  const found = [loaded, read(loaded, "default")].find(isPromClient);
  if (found !== undefined) return found;
  throw new TypeError('"prom-client" has no Counter, Gauge and Histogram; version 13 or newer is needed.');
}

const isPromClient = (value: unknown): value is PromClient =>
  ["Counter", "Gauge", "Histogram"].every((name) => typeof read(value, name) === "function");

const counting =
  (instrument: Counting): Change =>
  (value, labels) =>
    instrument.inc(labels, value);
