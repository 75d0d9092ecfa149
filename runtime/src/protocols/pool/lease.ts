import "../../symbols.js";
import { report } from "../../report.js";
import type { LeaseProtocol } from "../interfaces.js";
import type { Slot } from "./make.js";

/** Takes back what was lent, in good order or broken. */
type GiveBack = (isBroken: boolean) => Promise<void>;

/** One resource of a pool in your hands: `await using lease = await pool.acquire()`. */
export class Lease<T> implements LeaseProtocol<T> {
  readonly value: T;
  /** Whether this is what the pool had to offer instead of the real thing. */
  readonly isFallback: boolean;
  readonly #giveBack: GiveBack;
  #returned: Promise<void> | undefined;

  constructor(slot: Slot<T>, giveBack: GiveBack) {
    this.value = slot.value;
    this.isFallback = slot.isFallback;
    this.#giveBack = giveBack;
  }

  /** Whether it was given back. */
  get isReturned(): boolean {
    return this.#returned !== undefined;
  }

  /** Gives the resource back; doing so again changes nothing. Do not use the value afterwards. */
  release(): Promise<void> {
    this.#returned ??= this.#giveBack(false);
    return this.#returned;
  }

  /** Gives it back as broken: it is released and never lent again. */
  discard(): Promise<void> {
    this.#returned ??= this.#giveBack(true);
    return this.#returned;
  }

  /** The same as {@link release}, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.release();
  }

  /** Gives it back without waiting, for `using`; what goes wrong is printed as a warning. */
  [Symbol.dispose](): void {
    this.release().catch((error: unknown) => report([{ kind: "lease", error }]));
  }
}
