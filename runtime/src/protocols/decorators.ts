import { ResourceContext } from "../context.js";
import { methodOf, read } from "../duck.js";
import { CleanupError, InvalidArgumentError } from "../errors.js";
import { expectFunction, expectMethods } from "../validate.js";
import { isDisposable } from "./disposables.js";
import type { ResourceLifecycleProtocol } from "./interfaces.js";

/** What can be released, or is not there. */
export type Releasable = AsyncDisposable | Disposable | null | undefined;
/** What can be opened, or is not there. */
export type Openable = Pick<ResourceLifecycleProtocol, "initialize"> | null | undefined;
/** An asynchronous method. */
export type AsyncMethod<This, Args extends readonly unknown[], Result> = (
  this: This,
  ...args: Args
) => Promise<Result>;

/** A decorator of TC39 for asynchronous methods of a class that has a `Value` under `Key`. */
export type MethodDecorator<Key extends PropertyKey, Value> = <
  This extends { readonly [K in Key]?: Value },
  Args extends readonly unknown[],
  Result,
>(
  method: AsyncMethod<This, Args, Result>,
  context: ClassMethodDecoratorContext<This, AsyncMethod<This, Args, Result>>,
) => AsyncMethod<This, Args, Result>;

/**
 * Releases a resource when a function has ended, however it ended.
 *
 * As a decorator it names the property that holds the resource. It is looked at after the method, which may have set
 * it: `\@withResourceCleanup("connection") async run() { ... }`. As a plain function it takes the resource:
 * `const send = withResourceCleanup(connection, async (text: string) => { ... })`.
 *
 * An error of the function comes first, and a failing release is then a process warning; when only the release fails,
 * the call rejects with `CleanupError`. What cannot be released is refused with `InvalidArgumentError`.
 */
export function withResourceCleanup<Key extends PropertyKey>(property: Key): MethodDecorator<Key, Releasable>;
export function withResourceCleanup<Args extends readonly unknown[], Result>(
  resource: Releasable,
  work: (...args: Args) => Promise<Result>,
): (...args: Args) => Promise<Result>;
export function withResourceCleanup(...given: readonly unknown[]): unknown {
  return wrapper("withResourceCleanup", given, releaseAfter);
}

/**
 * Opens a resource before a function runs; one that is open stays as it is.
 *
 * As a decorator it names the property that holds the resource: `\@ensureInitialized("connection") async send() { ... }`.
 * As a plain function it takes the resource: `const send = ensureInitialized(connection, async () => { ... })`.
 *
 * When it cannot be opened, the function does not run and the call rejects with that error; with `InvalidArgumentError`
 * when there is nothing that can be opened.
 */
export function ensureInitialized<Key extends PropertyKey>(property: Key): MethodDecorator<Key, Openable>;
export function ensureInitialized<Args extends readonly unknown[], Result>(
  resource: Openable,
  work: (...args: Args) => Promise<Result>,
): (...args: Args) => Promise<Result>;
export function ensureInitialized(...given: readonly unknown[]): unknown {
  return wrapper("ensureInitialized", given, openBefore);
}

/** One call: what to run, and the resource as it is at that moment. */
interface Call {
  readonly name: string;
  run(): unknown;
  resource(): unknown;
}

function wrapper(name: string, given: readonly unknown[], around: (call: Call) => unknown): unknown {
  if (given.length < 2) return decorator(name, given[0], around);
  const [resource, work] = given;
  const run = expectFunction("work", typeof work === "function" ? work.bind(undefined) : work);
  return (...args: readonly unknown[]) =>
    around({ name: "resource", run: () => Reflect.apply(run, undefined, args), resource: () => resource });
}

function decorator(name: string, property: unknown, around: (call: Call) => unknown): unknown {
  if (!isKey(property))
    throw new InvalidArgumentError({ name: "property", came: property, expected: "the name of a property" });
  return (method: unknown, context: unknown) => {
    if (typeof method !== "function" || read(context, "kind") !== "method")
      throw new InvalidArgumentError({
        name: `@${name}`,
        came: method,
        expected: "on a method, as a standard decorator",
        hint: "With TypeScript, leave `experimentalDecorators` off.",
      });
    return function (this: unknown, ...args: readonly unknown[]): unknown {
      const run = (): unknown => Reflect.apply(method, this, args);
      return around({ name: `this.${String(property)}`, run, resource: () => read(this, property) });
    };
  };
}

const isKey = (value: unknown): value is PropertyKey =>
  typeof value === "string" || typeof value === "symbol" || typeof value === "number";

async function releaseAfter({ name, run, resource }: Call): Promise<unknown> {
  expectReleasable(name, resource());
  return ResourceContext.run((context) => {
    context.defer(() => release(name, resource()));
    return run();
  });
}

/** In a context of its own, for children, streams and servers need more care than their symbols take. */
async function release(name: string, resource: unknown): Promise<void> {
  const context = new ResourceContext({ name: "withResourceCleanup" });
  context.use(expectReleasable(name, resource));
  await context.disposeAsync({ throwErrors: true }).catch((thrown: unknown) => {
    throw thrown instanceof CleanupError ? thrown.errors[0] : thrown;
  });
}

function expectReleasable(name: string, value: unknown): Releasable {
  if (value === null || value === undefined || isDisposable(value)) return value;
  const expected = "something with Symbol.asyncDispose or Symbol.dispose";
  throw new InvalidArgumentError({ name, came: value, expected });
}

async function openBefore({ name, run, resource }: Call): Promise<unknown> {
  await methodOf(expectMethods(name, resource(), ["initialize"]), "initialize")?.();
  return run();
}
