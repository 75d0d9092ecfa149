import { ConfigError, toError } from "./errors.js";

/** @throws ConfigError with the name of the file when the text is not JSON. */
export function parseJson(path: string, text: string): unknown {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ""));
    return value;
  } catch (thrown) {
    throw new ConfigError(
      `${path} is not valid JSON: ${toError(thrown).message}\nMend the file, then run again.`,
    );
  }
}

/** An object, and no list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
