import { after, sleep } from "../../clock.js";
import { ResourceContext } from "../../context.js";
import { InvalidArgumentError, ResourceStateError } from "../../errors.js";
import { publish } from "../../events.js";
import { expectDuration } from "../../validate.js";
import { isDisposable } from "../disposables.js";
import type { ResourceFactoryProtocol } from "../interfaces.js";
import { PoolStepTimeoutError } from "./errors.js";
import type { PoolSettings } from "./options.js";

/** A resource, and the context that releases all that belongs to it. */
interface Made<V> {
  readonly value: V;
  readonly context: ResourceContext;
}

/** A resource of a pool. */
export interface Slot<T> extends Made<T> {
  /** It is lent once, and not counted. */
  readonly isFallback: boolean;
}

/** What a pool needs to make resources; `closing` is aborted when it makes none any more. */
export interface Maker<T> {
  readonly factory: ResourceFactoryProtocol<T>;
  readonly settings: PoolSettings<T>;
  readonly closing: AbortSignal;
}

type Create<V> = (context: ResourceContext) => V | PromiseLike<V>;

/** Makes a resource, as often as the error protocol says; what it gives up on, the fallback may replace. */
export async function make<T>(maker: Maker<T>): Promise<Slot<T>> {
  const { factory, settings, closing } = maker;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return { ...(await attemptTo((context) => factory.create(context), maker)), isFallback: false };
    } catch (thrown) {
      if (closing.aborted || settings.errors?.handleError(thrown) === false) throw thrown;
      if (settings.errors?.shouldRetry(thrown, attempt) !== true) return replace(maker, thrown);
      await sleep(
        expectDuration("getRetryDelay()", settings.errors.getRetryDelay(attempt)),
        aborted(closing),
      );
      if (closing.aborted) throw thrown;
    }
  }
}

async function replace<T>(maker: Maker<T>, thrown: unknown): Promise<Slot<T>> {
  const { fallback } = maker.settings;
  if (fallback?.hasFallback !== true) throw thrown;
  const { context, value } = await attemptTo((given) => fallback.getFallback(given), maker);
  if (value !== undefined) return { context, value, isFallback: true };
  await context.disposeAsync();
  throw thrown;
}

/** One attempt, within its time. Whatever it acquired is released when it fails. */
async function attemptTo<T, V>(create: Create<V>, maker: Maker<T>): Promise<Made<V>> {
  const context = new ResourceContext({ name: `pool of ${maker.factory.kind}` });
  try {
    return { context, value: await inTime(owned(create, context), maker) };
  } catch (thrown) {
    await context.disposeAsync();
    throw thrown;
  }
}

/** The resource, held by its context. One that comes too late is released by the context it comes to. */
async function owned<V>(create: Create<V>, context: ResourceContext): Promise<V> {
  const value = await create(context);
  if (context.size > 0 || value === undefined) return value;
  if (!isDisposable(value))
    throw new InvalidArgumentError({
      name: "factory.create",
      came: value,
      expected: "something its context can release",
      hint: "Hand it over: context.adopt(value, release).",
    });
  return context.use(value);
}

function inTime<T, V>(making: Promise<V>, { factory, settings, closing }: Maker<T>): Promise<V> {
  const { kind } = factory;
  const limit = settings.createTimeout;
  return new Promise((resolve, reject) => {
    const expire = (): void => {
      publish("timeout", () => ({ kind, owner: "pool", limit }));
      end(() => reject(new PoolStepTimeoutError(kind, "create", limit)));
    };
    const cancel = after(limit, expire);
    const close = (): void =>
      end(() => reject(new ResourceStateError("pool", "closed", `make one more ${kind}`)));
    const end = (settle: () => void): void => {
      cancel();
      closing.removeEventListener("abort", close);
      settle();
    };
    closing.addEventListener("abort", close);
    making.then(
      (value) => end(() => resolve(value)),
      (error: unknown) => end(() => reject(error)),
    );
    if (closing.aborted) close();
  });
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
