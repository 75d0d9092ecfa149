/** Wrong use of the command or its configuration: the user can mend it. Exit code 2. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/** The tree is not in a state in which writing is safe. Exit code 2. */
export class RefusedError extends Error {
  override readonly name = "RefusedError";
}

/** Turns whatever was thrown into an Error, so that its message can be shown. */
export function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
