import * as hooks from "node:async_hooks";

// Node cannot tell which task a call belongs to, unless the task was started by us: `withLockedFile` runs its body in a
// scope, and a lock that is asked for inside is the body's. Anybody else names an owner, such as a context.

/** Locks that the code running now is inside of, innermost first. */
interface Scope {
  readonly key: string;
  readonly lock: object;
  readonly outer: Scope | undefined;
}

let scopes: hooks.AsyncLocalStorage<Scope> | undefined;
const owners = new WeakMap<object, Map<string, object>>();

/** Runs `body` as a task that has the lock. */
export function runInside<T>(key: string, lock: object, body: () => T): T {
  scopes ??= new hooks.AsyncLocalStorage();
  return scopes.run({ key, lock, outer: scopes.getStore() }, body);
}

/** The lock on `key` that the caller has already: as the owner it names, or as the body it is in. */
export function alreadyHeld(key: string, owner: object | undefined): object | undefined {
  const own = owner && owners.get(owner)?.get(key);
  for (let scope = own ? undefined : scopes?.getStore(); scope; scope = scope.outer)
    if (scope.key === key) return scope.lock;
  return own;
}

/** Remembers, as long as it is held, that `owner` has `lock` or is waiting for it; answers how to forget it. */
export function remember(key: string, owner: object | undefined, lock: object): () => void {
  if (owner === undefined) return () => {};
  const held = owners.get(owner) ?? new Map<string, object>();
  owners.set(owner, held.set(key, lock));
  return () => void (held.get(key) === lock && held.delete(key));
}
