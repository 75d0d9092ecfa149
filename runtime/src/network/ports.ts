import * as net from "node:net";
import { after, now } from "../clock.js";
import { expectDuration, expectInteger, expectMethods, expectOptions, expectString } from "../validate.js";
import { NetworkTimeoutError } from "./errors.js";
import { pause } from "./shared.js";

/** Which port, and how long to look. Times are in milliseconds. */
export interface PortOptions {
  /** Default: 127.0.0.1. */
  readonly host?: string;
  /** `checkPort`: how long one connection may take, 1,000. `waitForPort`: how long to wait in all, 30,000. */
  readonly timeout?: number;
  readonly signal?: AbortSignal;
}

/** The same, and how often to look. */
export interface WaitOptions extends PortOptions {
  /** From one look to the next, in milliseconds. Default: 100. */
  readonly interval?: number;
}

/** One look takes no longer than this. */
const LOOK = 1_000;

/** Whether something accepts connections there. Rejects with the reason of the signal. */
export async function checkPort(port: number, options?: PortOptions): Promise<boolean> {
  const given = expectOptions("options", options, ["host", "timeout", "signal"]);
  const { timeout = LOOK } = given;
  return await look(expectPlace(port, given), expectDuration("timeout", timeout));
}

/** Waits until something accepts connections there. Rejects with `NetworkTimeoutError` or the reason of the signal. */
export async function waitForPort(port: number, options?: WaitOptions): Promise<void> {
  const given = expectOptions("options", options, ["host", "timeout", "signal", "interval"]);
  const place = expectPlace(port, given);
  const timeout = expectDuration("timeout", given.timeout ?? 30_000);
  const interval = expectDuration("interval", given.interval ?? 100);
  const deadline = now() + timeout;
  while (!(await look(place, Math.max(1, Math.min(LOOK, deadline - now()))))) {
    const left = deadline - now();
    if (left <= 0) throw new NetworkTimeoutError(`Port ${port} of ${place.host}`, timeout);
    await pause(Math.min(interval, left), place.signal);
  }
}

interface Place {
  readonly port: number;
  readonly host: string;
  readonly signal: AbortSignal;
}

function expectPlace(port: number, { host = "127.0.0.1", signal }: PortOptions): Place {
  if (signal !== undefined) expectMethods("signal", signal, ["addEventListener", "throwIfAborted"]);
  return {
    port: expectInteger("port", port, { min: 1, max: 65_535 }),
    host: expectString("host", host),
    signal: signal ?? new AbortController().signal,
  };
}

function look({ port, host, signal }: Place, ms: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const socket = net.connect({ port, host });
    const settle = (done: () => void): void => {
      cancel();
      signal.removeEventListener("abort", stop);
      socket.destroy();
      done();
    };
    const stop = (): void => settle(() => reject(signal.reason));
    const cancel = after(ms, () => settle(() => resolve(false)));
    signal.addEventListener("abort", stop, { once: true });
    socket.once("connect", () => settle(() => resolve(true)));
    // Refused, unreachable, no such host: nobody accepts connections there, for now.
    socket.on("error", () => settle(() => resolve(false)));
  });
}
