import { makeTemporary, tempDirs, tempFiles } from "./acquire/temp.js";
import { ResourceContext } from "./context.js";
import { keepOf } from "./keep.js";
import type { ContextOptions } from "./options.js";
import type { TempOptions } from "./temp/create.js";
import { expectFunction } from "./validate.js";

/** What is done with a resource while it is there. */
export type ResourceBody<R, T> = (resource: R) => T | PromiseLike<T>;

/** Runs `body` with the path of an empty file that only this user can read, and removes the file afterwards. */
export async function withTempFile<T>(body: ResourceBody<string, T>, options: TempOptions = {}): Promise<T> {
  expectFunction("body", body);
  return ResourceContext.run((ctx) => body(makeTemporary(keepOf(ctx), options, tempFiles)));
}

/** Runs `body` with the path of a folder that only this user can enter, and removes it afterwards. */
export async function withTempDir<T>(body: ResourceBody<string, T>, options: TempOptions = {}): Promise<T> {
  expectFunction("body", body);
  return ResourceContext.run((ctx) => body(makeTemporary(keepOf(ctx), options, tempDirs)));
}

/**
 * Runs `body` with a child process, which is ended afterwards with all that descends from it. Without a `body` that could
 * run, it is ended as well.
 */
export async function withManagedProcess<C, T>(child: C, body: ResourceBody<C, T>): Promise<T> {
  return ResourceContext.run((ctx) => {
    ctx.process(child);
    return expectFunction("body", body)(child);
  });
}

/** Runs `body` with a context and releases what it holds afterwards; the same as `ResourceContext.run`. */
export async function withResourceCleanup<T>(
  body: ResourceBody<ResourceContext, T>,
  options: ContextOptions = {},
): Promise<T> {
  return ResourceContext.run(body, options);
}
