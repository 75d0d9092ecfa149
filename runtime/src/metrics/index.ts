import "../disposable.js";

export { logResourceEvents } from "./log.js";
export type { Labels } from "./instruments.js";
export {
  type CounterLike,
  type HistogramLike,
  type InstrumentDescription,
  type Meter,
  type OpenTelemetryOptions,
  recordToOpenTelemetry,
} from "./open-telemetry.js";
export { type PromClientOptions, recordToPromClient, type Registry } from "./prom-client.js";
export type { Subscription } from "./subscribe.js";
