import { expectFunction } from "../validate.js";
import { report } from "../report.js";
import type { ManagedResource } from "../managed-resource.js";

/** Opens a resource, runs `body` with it, and closes it; an error of the body comes before one of the closing. */
export async function withResource<R extends ManagedResource, T>(
  resource: R,
  body: (resource: R) => T | PromiseLike<T>,
): Promise<T> {
  expectFunction("body", body);
  let result: T;
  try {
    await resource.initialize();
    result = await body(resource);
  } catch (thrown) {
    await resource.close().catch((error: unknown) => report([{ kind: resource.kind, error }]));
    throw thrown;
  }
  await resource.close();
  return result;
}
