import { read } from "./duck.js";
import { sharedState } from "./state.js";
import {
  expectBoolean,
  expectDuration,
  expectInteger,
  expectMethods,
  expectOneOf,
  expectOptions,
  expectRecord,
} from "./validate.js";

/** Takes what this package has to say; `console`, pino and their like fit. */
export interface Logger {
  /** What is only of interest when something is looked into. */
  debug(fields: object, text: string): void;
  /** What happens in the course of things. */
  info(fields: object, text: string): void;
  /** What somebody should look at. */
  warn(fields: object, text: string): void;
  /** What has failed. */
  error(fields: object, text: string): void;
}

/** How many resources of one kind may be open, and what happens to the next. */
export interface KindLimit {
  readonly max: number;
  /** `wait` (default) until one is released, or `refuse` with a `LimitExceededError`. */
  readonly whenFull?: "wait" | "refuse";
}

/** Settings of the whole process. What is left out stays as it was. */
export interface Settings {
  /** Whether a small shell process ends our children when this process is killed. Default: true, except on Windows. */
  readonly reaper?: boolean;
  /** How long one resource may take to be released, in milliseconds. Default: 10,000. */
  readonly resourceTimeout?: number;
  /** How long all resources of one context may take together, in milliseconds. Default: 30,000. */
  readonly totalTimeout?: number;
  /** How long all that a signal starts may take, in milliseconds. Default: 10,000. */
  readonly signalTimeout?: number;
  /** The most resources of each kind that may be acquired at a time: `{ process: { max: 8 } }`. Default: no limits. */
  readonly limits?: Readonly<Record<string, KindLimit>>;
  /** Where to report; `null`, the default, prints process warnings for what could not be released and nothing else. */
  readonly logger?: Logger | null;
}

/** All settings, as they are. */
export type CurrentSettings = Required<Settings>;

const known = ["reaper", "resourceTimeout", "totalTimeout", "signalTimeout", "limits", "logger"] as const;

const defaults: CurrentSettings = {
  reaper: true,
  resourceTimeout: 10_000,
  totalTimeout: 30_000,
  signalTimeout: 10_000,
  limits: {},
  logger: null,
};

/**
 * Changes settings of the whole process. Call it before the first resource is acquired: contexts that exist keep their
 * timeouts, and the reaper that runs keeps running. Throws `InvalidArgumentError` or `UnknownOptionError`, and then
 * nothing has changed.
 */
export function configure(given: Settings): void {
  const { reaper, resourceTimeout, totalTimeout, signalTimeout, limits, logger } = expectOptions(
    "settings",
    given,
    known,
  );
  const changes: Settings = {
    ...(reaper !== undefined && { reaper: expectBoolean("reaper", reaper) }),
    ...(resourceTimeout !== undefined && {
      resourceTimeout: expectDuration("resourceTimeout", resourceTimeout),
    }),
    ...(totalTimeout !== undefined && { totalTimeout: expectDuration("totalTimeout", totalTimeout) }),
    ...(signalTimeout !== undefined && { signalTimeout: expectDuration("signalTimeout", signalTimeout) }),
    ...(limits !== undefined && { limits: expectLimits(limits) }),
    ...(logger !== undefined && { logger: logger === null ? null : expectLogger(logger) }),
  };
  sharedState().settings = { ...sharedState().settings, ...changes };
}

/** The settings of this process, shared by all copies of this package. */
export function settings(): CurrentSettings {
  return { ...defaults, ...sharedState().settings };
}

/** Tells the configured logger; without one, nothing is said. */
export function log(level: keyof Logger, fields: object, text: string): void {
  const logger = sharedState().settings.logger;
  if (typeof read(logger, level) === "function") logger?.[level](fields, text);
}

/** Something with the methods of a logger, or an `InvalidArgumentError`. */
export const expectLogger = (logger: Logger): Logger =>
  expectMethods("logger", logger, ["debug", "info", "warn", "error"]);

/** Limits by kind, checked. */
export function expectLimits(
  limits: Readonly<Record<string, KindLimit>>,
): Readonly<Record<string, KindLimit>> {
  for (const [kind, limit] of Object.entries(expectRecord("limits", limits))) {
    const { max, whenFull = "wait" } = expectOptions(`limits.${kind}`, limit, ["max", "whenFull"]);
    expectInteger(`limits.${kind}.max`, max, { min: 1 });
    expectOneOf(`limits.${kind}.whenFull`, whenFull, ["wait", "refuse"]);
  }
  return limits;
}
