import { sleep } from "../clock.js";
import { methodOf, onFirst, read } from "../duck.js";
import type { Policy } from "../entry.js";

/** How long the other side may take to end its half of the connection, in milliseconds. */
const PEER_GRACE = 5_000;
/** The share of its time a graceful end may take, so that the forced one still fits in. */
const GRACEFUL = 0.9;

/** How to end a connection: what was written goes out, the peer may say goodbye, then it is destroyed. */
export function socketPolicy(socket: unknown, forget: () => void): Policy | undefined {
  if (isDone(socket) || endOf(socket) === undefined) return undefined;
  const unlisten = onFirst(socket, "close", forget);
  return {
    kind: "socket",
    release: (limit) => (isDone(socket) ? undefined : hangUp(socket, Math.min(PEER_GRACE, limit * GRACEFUL))),
    releaseSync: () =>
      void (methodOf(socket, "destroySoon") ?? methodOf(socket, "destroy") ?? close(socket))?.(),
    letGo: unlisten,
  };
}

const isDone = (socket: unknown): boolean =>
  read(socket, "destroyed") === true || read(socket, "closed") === true;

const endOf = (socket: unknown): ((...args: unknown[]) => unknown) | undefined =>
  methodOf(socket, "end") ?? close(socket);

/** A datagram socket has no peer to say goodbye to, and throws when it was closed before. */
function close(socket: unknown): (() => unknown) | undefined {
  const call = methodOf(socket, "close");
  if (call === undefined) return undefined;
  return () => {
    try {
      return call();
    } catch (thrown) {
      if (read(thrown, "code") === "ERR_SOCKET_DGRAM_NOT_RUNNING") return undefined;
      throw thrown;
    }
  };
}

async function hangUp(socket: unknown, grace: number): Promise<void> {
  if (methodOf(socket, "end") === undefined) return void close(socket)?.();
  const gone = new Promise<void>((resolve) => void onFirst(socket, "close", () => resolve()));
  // Nothing was written to a connection that is not there yet, so nothing is lost with it.
  const hasNothingToSend = read(socket, "connecting") === true && read(socket, "writableLength") === 0;
  if (!hasNothingToSend) {
    if (read(socket, "writableEnded") !== true) methodOf(socket, "end")?.();
    // Data that nobody reads any more would hide the end of the peer behind it.
    methodOf(socket, "resume")?.();
    // A double of a test says nothing of its state, and never ends.
    if (read(socket, "destroyed") === false) await sleep(grace, gone);
  }
  methodOf(socket, "destroy")?.();
}
