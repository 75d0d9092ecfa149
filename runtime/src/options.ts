import { InvalidArgumentError } from "./errors.js";
import type { Limits } from "./release.js";
import { settings } from "./settings.js";
import { expectDuration, expectInteger, expectOptions, expectString } from "./validate.js";

/** How a context releases. */
export interface ContextOptions {
  /** What events and leak reports call it. Default: `context`. */
  readonly name?: string;
  /** How long one resource may take, in milliseconds. Default: that of `configure`, 10,000. */
  readonly resourceTimeout?: number;
  /** How long all of them may take together, in milliseconds. Default: that of `configure`, 30,000. */
  readonly totalTimeout?: number;
  /** How many may be released at the same time. Default: 1, which is one after the other, last in first out. */
  readonly concurrency?: number;
}

/** How one disposal reports. */
export interface DisposeOptions {
  /** Reject with the {@link CleanupError} instead of printing it as a warning. */
  readonly throwErrors?: boolean;
}

const known = ["name", "resourceTimeout", "totalTimeout", "concurrency"] as const;

/** All options, checked, with those of the process for what is left out. */
export function contextOptions(options: ContextOptions): { readonly name: string; readonly limits: Limits } {
  const { name = "context", concurrency = 1, ...given } = expectOptions("options", options, known);
  const defaults = settings();
  const limits = {
    each: expectDuration("resourceTimeout", given.resourceTimeout ?? defaults.resourceTimeout),
    all: expectDuration("totalTimeout", given.totalTimeout ?? defaults.totalTimeout),
    concurrency:
      concurrency === Infinity ? concurrency : expectInteger("concurrency", concurrency, { min: 1 }),
  };
  return { name: expectString("name", name), limits };
}

/** Refuses what is no options of a disposal. */
export function disposeOptions(options: DisposeOptions): DisposeOptions {
  const { throwErrors } = expectOptions("options", options, ["throwErrors"]);
  if (throwErrors !== undefined && typeof throwErrors !== "boolean")
    throw new InvalidArgumentError({ name: "throwErrors", came: throwErrors, expected: "true or false" });
  return options;
}
