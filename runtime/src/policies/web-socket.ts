import { sleep } from "../clock.js";
import { methodOf, onFirst, read } from "../duck.js";
import type { Policy } from "../entry.js";

/** How long the peer may take to answer the goodbye, in milliseconds. */
const PEER_GRACE = 5_000;
/** The share of its time a graceful end may take, so that the forced one still fits in. */
const GRACEFUL = 0.9;
const CONNECTING = 0;
const CLOSED = 3;
/** "Going away": a program that ends. */
const GOING_AWAY = 1001;

/** How to end a WebSocket, of `ws` or of Node: say goodbye, wait for the peer to do so, then cut the connection. */
export function webSocketPolicy(socket: unknown, forget: () => void): Policy | undefined {
  if (isClosed(socket) || methodOf(socket, "close") === undefined) return undefined;
  const unlisten = onClose(socket, forget);
  return {
    kind: "webSocket",
    release: (limit) =>
      isClosed(socket) ? undefined : leave(socket, Math.min(PEER_GRACE, limit * GRACEFUL)),
    releaseSync: () => sayGoodbye(socket),
    letGo: unlisten,
  };
}

const isClosed = (socket: unknown): boolean => read(socket, "readyState") === CLOSED;

async function leave(socket: unknown, grace: number): Promise<void> {
  const gone = new Promise<void>((resolve) => void onClose(socket, resolve));
  sayGoodbye(socket);
  // A double of a test says nothing of its state, and never closes.
  if (typeof read(socket, "readyState") !== "number") return;
  await sleep(grace, gone);
  if (isClosed(socket)) return;
  methodOf(socket, "terminate")?.();
}

function sayGoodbye(socket: unknown): void {
  const isOfWs = methodOf(socket, "terminate") !== undefined;
  // That it is closed before it was open is an error for `ws`, which would end the process.
  if (isOfWs && read(socket, "readyState") === CONNECTING) methodOf(socket, "on")?.("error", () => {});
  // The one of Node allows no status of its own making but 1000, which it sends by itself.
  methodOf(socket, "close")?.(...(isOfWs ? [GOING_AWAY] : []));
}

function onClose(socket: unknown, listener: () => void): () => void {
  const add = methodOf(socket, "addEventListener");
  if (methodOf(socket, "once") !== undefined || add === undefined) return onFirst(socket, "close", listener);
  add("close", listener, { once: true });
  return () => void methodOf(socket, "removeEventListener")?.("close", listener);
}
