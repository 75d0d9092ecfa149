import type { Logger } from "../settings.js";
import { expectMethods } from "../validate.js";
import { subscribe, type Subscription } from "./subscribe.js";

/**
 * Writes each event to a logger, fields first: `console`, pino and their like fit. What is acquired and released goes to
 * `debug`, restarts to `info`, and all that somebody should look at to `warn`. Throws `InvalidArgumentError` for what is
 * not a logger.
 */
export function logResourceEvents(logger: Logger): Subscription {
  expectMethods("logger", logger, ["debug", "info", "warn", "error"]);
  return subscribe({
    acquire: (fields) => logger.debug(fields, "resource acquired"),
    release: (fields) =>
      "error" in fields
        ? logger.warn(fields, "resource could not be released")
        : logger.debug(fields, "resource released"),
    timeout: (fields) => logger.warn(fields, "resource did not answer in time"),
    leak: (fields) => logger.warn(fields, "resource leaked"),
    restart: (fields) => logger.info(fields, "resource restarts"),
    health: (fields) =>
      fields.status === "ok"
        ? logger.debug(fields, "resource is well")
        : logger.warn(fields, "resource is not well"),
  });
}
