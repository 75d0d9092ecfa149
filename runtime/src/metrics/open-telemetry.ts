import { methodOf, read } from "../duck.js";
import { loadPeer } from "../peers.js";
import { expectMethods, expectOptions } from "../validate.js";
import { type Change, DURATION_BUCKETS, FIGURES, type Labels, record } from "./instruments.js";
import type { Subscription } from "./subscribe.js";

/** What a figure means, and its unit. */
export interface InstrumentDescription {
  readonly description: string;
  readonly unit: string;
}

/** A figure that is counted up, and perhaps down. */
export interface CounterLike {
  /** Adds to it. */
  add(value: number, attributes: Labels): void;
}

/** A figure whose distribution is kept. */
export interface HistogramLike {
  /** Notes one value. */
  record(value: number, attributes: Labels): void;
}

/** What is needed of a meter of OpenTelemetry. */
export interface Meter {
  /** A figure that grows. */
  createCounter(name: string, options: InstrumentDescription): CounterLike;
  /** A figure that grows and shrinks. */
  createUpDownCounter(name: string, options: InstrumentDescription): CounterLike;
  /** A figure whose distribution matters. */
  createHistogram(
    name: string,
    options: InstrumentDescription & { readonly advice: { readonly explicitBucketBoundaries: number[] } },
  ): HistogramLike;
}

/** Where the figures go. */
export interface OpenTelemetryOptions {
  /** Default: the meter `resource-context` of the global provider of `@opentelemetry/api`. */
  readonly meter?: Meter;
}

/**
 * Records to OpenTelemetry as `resource_context.open`, `.acquired`, `.released`, `.timeouts`, `.leaks`, `.restarts`,
 * `.unhealthy` and `.release.duration` (seconds), each by kind. Call it at the start: what was acquired before is not
 * counted. Rejects with `MissingPeerError` when no meter is given and `@opentelemetry/api` is not installed.
 */
export async function recordToOpenTelemetry(options?: OpenTelemetryOptions): Promise<Subscription> {
  const { meter } = expectOptions<OpenTelemetryOptions>("options", options, ["meter"]);
  const used = expectMethods("meter", meter ?? (await globalMeter()), ["createCounter", "createHistogram"]);
  const counter = (name: keyof typeof FIGURES): Change =>
    adding(used.createCounter(`resource_context.${name}`, described(name)));
  const histogram = used.createHistogram("resource_context.release.duration", {
    description: FIGURES.duration.help,
    unit: "s",
    advice: { explicitBucketBoundaries: [...DURATION_BUCKETS] },
  });
  return record({
    open: adding(used.createUpDownCounter("resource_context.open", described("open"))),
    acquired: counter("acquired"),
    released: counter("released"),
    timeouts: counter("timeouts"),
    leaks: counter("leaks"),
    restarts: counter("restarts"),
    unhealthy: counter("unhealthy"),
    duration: (value, labels) => histogram.record(value, labels),
  });
}

async function globalMeter(): Promise<Meter> {
  const api = await loadPeer("@opentelemetry/api");
  const metrics = read(api, "metrics") ?? read(read(api, "default"), "metrics");
  const meter: unknown = methodOf(metrics, "getMeter")?.("resource-context");
  if (isMeter(meter)) return meter;
  throw new TypeError('"@opentelemetry/api" has no metrics.getMeter(); version 1.3 or newer is needed.');
}

const isMeter = (value: unknown): value is Meter => typeof read(value, "createUpDownCounter") === "function";

const adding =
  (instrument: CounterLike): Change =>
  (value, labels) =>
    instrument.add(value, labels);

const described = (name: keyof typeof FIGURES): InstrumentDescription => ({
  description: FIGURES[name].help,
  unit: "1",
});
