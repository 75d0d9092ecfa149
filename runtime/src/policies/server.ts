import { sleep } from "../clock.js";
import { methodOf, onFirst, read } from "../duck.js";
import type { Policy } from "../entry.js";

/** The share of its time that requests in flight get, so that the forced close still fits in. */
const GRACEFUL = 0.95;

/** How to close a server: no new connections, requests in flight get their time, all others end at once. */
export function serverPolicy(server: unknown, forget: () => void): Policy | undefined {
  if (typeof read(server, "close") !== "function") return undefined;
  const sockets = trackSockets(server);
  const unlisten = onFirst(server, "close", forget);
  return {
    kind: "server",
    release: (limit) => drain(server, sockets.open, limit * GRACEFUL),
    releaseSync: () => {
      void close(server);
      for (const socket of sockets.open) methodOf(socket, "destroy")?.();
    },
    letGo: () => {
      unlisten();
      sockets.stop();
    },
  };
}

interface Sockets {
  readonly open: ReadonlySet<unknown>;
  stop(): void;
}

function trackSockets(server: unknown): Sockets {
  const open = new Set<unknown>();
  const add = (socket: unknown): void => {
    open.add(socket);
    onFirst(socket, "close", () => open.delete(socket));
  };
  const event = connectionEvent(server);
  methodOf(server, "on")?.(event, add);
  return { open, stop: () => void methodOf(server, "removeListener")?.(event, add) };
}

/** `http` answers on the TLS socket when there is one; `http2` has sessions on top of it. */
function connectionEvent(server: unknown): string {
  if (typeof read(server, "updateSettings") === "function") return "session";
  return typeof read(server, "addContext") === "function" ? "secureConnection" : "connection";
}

async function drain(server: unknown, sockets: ReadonlySet<unknown>, grace: number): Promise<void> {
  const closed = close(server);
  methodOf(server, "closeIdleConnections")?.();
  for (const socket of sockets) finishOrEnd(socket);
  await sleep(grace, closed);
  methodOf(server, "closeAllConnections")?.();
  for (const socket of sockets) methodOf(socket, "destroy")?.();
  // A double may never call back; the bound keeps that from being our problem.
  await sleep(Math.min(grace, 100), closed);
}

/** Settles when the server is closed, also when it was closed before or never listened. */
function close(server: unknown): Promise<void> {
  return new Promise((resolve) => {
    const result = methodOf(server, "close")?.(() => resolve());
    if (read(result, "then") !== undefined) void Promise.resolve(result).then(() => resolve());
  });
}

/** A socket with an answer under way may finish it; one that is idle, half-way through a request or raw ends now. */
function finishOrEnd(socket: unknown): void {
  // An `http2` session closes when its last stream does.
  if (typeof read(socket, "goaway") === "function") return void methodOf(socket, "close")?.();
  const answer = read(socket, "_httpMessage");
  if (answer === null || answer === undefined) return endNow(socket);
  if (read(answer, "headersSent") === false) methodOf(answer, "setHeader")?.("Connection", "close");
  onFirst(answer, "close", () => endNow(socket));
}

/** What was written still goes out. */
function endNow(socket: unknown): void {
  (methodOf(socket, "destroySoon") ?? methodOf(socket, "destroy"))?.();
}
