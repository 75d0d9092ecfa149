import { after } from "../../clock.js";
import { log } from "../../settings.js";
import { PoolStepTimeoutError } from "./errors.js";
import type { PoolSettings } from "./options.js";

/** Whether a resource may be lent again. A check that throws or takes too long has said no. */
export async function isHealthy<T>(value: T, kind: string, settings: PoolSettings<T>): Promise<boolean> {
  const { check, checkTimeout } = settings;
  if (check === undefined) return true;
  try {
    return await within(checkTimeout, async () => check(value), kind);
  } catch (error) {
    log("warn", { kind, error }, "The check of a pooled resource failed; the resource is replaced.");
    return false;
  }
}

function within(ms: number, check: () => Promise<boolean>, kind: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const cancel = after(ms, () => reject(new PoolStepTimeoutError(kind, "check", ms)));
    void check().then(resolve, reject).finally(cancel);
  });
}
