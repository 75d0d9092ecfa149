import { after } from "../clock.js";
import { read } from "../duck.js";
import { ResourceStateError } from "../errors.js";

/** `new module.name(...args)`, for a peer whose types this package must not need. */
export function construct(module: unknown, name: string, args: readonly unknown[]): unknown {
  const found = read(module, name);
  if (typeof found === "function") return Reflect.construct(found, args);
  throw new ResourceStateError(`package without ${name}`, "too old or too new", "use it");
}

/** A URL, or undefined. `URL.canParse` is younger than the oldest Node this package supports. */
export function parseUrl(text: string | URL, base?: URL): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}

/** Waits `ms`; rejects with the reason of the signal when that comes first. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = after(ms, () => {
      signal.removeEventListener("abort", stop);
      resolve();
    });
    const stop = (): void => {
      cancel();
      reject(signal.reason);
    };
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
}
