import * as fs from "node:fs";
import { atomicWriteFile, type AtomicWriteOptions } from "../../atomic-write/index.js";
import { codeOf } from "../../atomic-write/errors.js";
import { ResourceStateError } from "../../errors.js";
import { ManagedResource } from "../../managed-resource.js";
import { expectBoolean, expectFunction, expectOptions } from "../../validate.js";
import { expectObject, expectPath, expectSignal, expectTimeout } from "../arguments.js";
import { LockAlreadyHeldError, LockCompromisedError } from "../errors.js";
import { resolveInside } from "../inside.js";
import { acquire } from "./acquire.js";
import { Hold } from "./hold.js";
import { alreadyHeld, remember, runInside } from "./owners.js";
import { findPlace, type Place } from "./place.js";

/** How to lock a file. */
export interface LockOptions {
  /** How long to wait for the lock, in milliseconds; 0 tries once, `Infinity` waits for ever. Default: 30,000. */
  readonly timeout?: number;
  /** Gives up waiting. It does not release a lock that is held. */
  readonly signal?: AbortSignal;
  /** Whose lock it is, a context say. One owner cannot lock a file twice, unless `reentrant`. */
  readonly owner?: object;
  /** Take part in the lock that the same owner, or the surrounding `withLockedFile`, has already. Default: false. */
  readonly reentrant?: boolean;
  /** The folder that the path must not lead out of; a path that is relative is relative to it. */
  readonly root?: string | URL;
}

const KNOWN = ["timeout", "signal", "owner", "reentrant", "root"] as const;
const DEFAULT_TIMEOUT = 30_000;

interface Settings {
  readonly timeout: number;
  readonly signal: AbortSignal | undefined;
  readonly owner: object | undefined;
  readonly reentrant: boolean;
  readonly root: string | undefined;
}

/** What one resource has of a lock. */
interface Share {
  readonly place: Place;
  readonly hold: Hold;
}

let runIn: <T>(resource: LockedFileResource, body: () => T) => T;

/**
 * A file that no other `LockedFileResource`, in this process or another, has at the same time. The file need not exist.
 * The lock is advisory: whoever does not ask for it is not kept out.
 *
 * The kernel holds it for this process and releases it when the process ends, also by `kill -9`. A process that is
 * stopped or busy keeps it, and no clock has a part in it. While it is held, a small file `.~NAME.lock` lies next to
 * the target.
 */
export class LockedFileResource extends ManagedResource<string> {
  readonly kind = "lock";
  /** The path as it was given. */
  readonly path: string;
  readonly #settings: Settings;
  readonly #closing = new AbortController();
  #share: Share | undefined;

  static {
    runIn = (resource, body) => {
      const { place, hold } = resource.#held("run in it");
      return runInside(place.key, hold, body);
    };
  }

  constructor(path: string | URL, options?: LockOptions) {
    super();
    this.path = expectPath("path", path);
    this.#settings = understand(options);
  }

  /** Aborted when the lock is lost while it is held: its lock file was removed. */
  get signal(): AbortSignal {
    return this.#held("watch it").hold.signal;
  }

  /** Whether the lock is held, as far as is known; it is looked at every second and before every write. */
  get isHeld(): boolean {
    return this.#share?.hold.isHeld ?? false;
  }

  /** All of the file. */
  async read(): Promise<Buffer> {
    return fs.promises.readFile(this.#intact("read it"));
  }

  /** Replaces the file, as `atomicWriteFile` does. Rejects with a {@link LockCompromisedError} when the lock is lost. */
  async write(data: string | NodeJS.ArrayBufferView, options?: AtomicWriteOptions): Promise<void> {
    await atomicWriteFile(this.#intact("write it"), data, options);
  }

  /** Reads the file as UTF-8 text, `undefined` if there is none, and writes what `change` makes of it. */
  async update(change: (text: string | undefined) => string | PromiseLike<string>): Promise<string> {
    expectFunction("change", change);
    const file = this.#intact("update it");
    const text = await change(await textOf(file));
    await this.write(text);
    return text;
  }

  /** Also ends the wait for the lock. */
  override close(): Promise<void> {
    this.#closing.abort();
    return super.close();
  }

  override closeSync(): void {
    this.#closing.abort();
    super.closeSync();
  }

  protected async onInitialize(): Promise<string> {
    const { root } = this.#settings;
    const place = await findPlace(root === undefined ? this.path : await resolveInside(root, this.path));
    const hold = (await this.#reenter(place)) ?? (await this.#wait(place));
    this.#share = { place, hold };
    return place.file;
  }

  protected onClose(): void {
    const share = this.#share;
    this.#share = undefined;
    share?.hold.release();
  }

  async #reenter(place: Place): Promise<Hold | undefined> {
    const { owner, reentrant } = this.#settings;
    const held = alreadyHeld(place.key, owner);
    if (held === undefined) return undefined;
    if (!reentrant) throw new LockAlreadyHeldError(this.path);
    if (held instanceof Hold) return held.reenter();
    // The owner is waiting for it, with another resource.
    if (held instanceof LockedFileResource) await held.initialize();
    return this.#reenter(place);
  }

  async #wait(place: Place): Promise<Hold> {
    const { timeout, owner } = this.#settings;
    const stopWaiting = remember(place.key, owner, this);
    try {
      const wish = { place, asked: this.path, timeout, signal: this.#waitSignal() };
      const hold = new Hold(this.path, await acquire(wish));
      hold.onRelease(remember(place.key, owner, hold));
      return hold;
    } finally {
      stopWaiting();
    }
  }

  /** Node 18 has no `AbortSignal.any`. */
  #waitSignal(): AbortSignal {
    const { signal } = this.#settings;
    const abort = (): void => this.#closing.abort(signal?.reason);
    if (signal?.aborted === true) abort();
    signal?.addEventListener("abort", abort, { once: true, signal: this.#closing.signal });
    return this.#closing.signal;
  }

  #held(doing: string): Share {
    if (this.#share === undefined) throw new ResourceStateError(this.kind, this.state, doing);
    return this.#share;
  }

  #intact(doing: string): string {
    const { hold, place } = this.#held(doing);
    if (!hold.check()) throw new LockCompromisedError(this.path);
    return place.file;
  }
}

/** Locks a file and gives back the lock, which the caller has to close: `await using lock = await lockedFile(path)`. */
export async function lockedFile(path: string | URL, options?: LockOptions): Promise<LockedFileResource> {
  const resource = new LockedFileResource(path, options);
  await resource.initialize();
  return resource;
}

/** Locks a file, runs `body` and unlocks it, whatever `body` did. A lock of the same file inside `body` is an error. */
export async function withLockedFile<T>(
  path: string | URL,
  options: LockOptions,
  body: (file: LockedFileResource) => T | PromiseLike<T>,
): Promise<T> {
  expectFunction("body", body);
  const resource = await lockedFile(path, options);
  try {
    return await runIn(resource, () => body(resource));
  } finally {
    await resource.close();
  }
}

function understand(given: LockOptions | undefined): Settings {
  const { timeout = DEFAULT_TIMEOUT, signal, owner, ...rest } = expectOptions("options", given, KNOWN);
  const { reentrant = false, root } = rest;
  return {
    timeout: expectTimeout("timeout", timeout),
    signal: signal && expectSignal("signal", signal),
    owner: owner && expectObject("owner", owner),
    reentrant: expectBoolean("reentrant", reentrant),
    root: root === undefined ? undefined : expectPath("root", root),
  };
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return await fs.promises.readFile(file, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}
