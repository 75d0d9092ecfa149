import { now, sleep } from "../clock.js";
import { isThenable, methodOf, onFirst, read } from "../duck.js";
import type { Policy } from "../entry.js";
import { type Connections, trackConnections } from "./connections.js";

/** The share of its time that requests in flight get, so that the forced close still fits in. */
const GRACEFUL = 0.95;
/** How often to look whether an `http2` session is through with its last stream. */
const SESSION_POLL = 10;

/** How to close a server: no new connections, requests in flight get their time, all others end at once. */
export function serverPolicy(server: unknown, forget: () => void): Policy | undefined {
  if (typeof read(server, "close") !== "function") return undefined;
  const connections = trackConnections(server);
  const unlisten = onFirst(server, "close", forget);
  return {
    kind: "server",
    release: (limit) => drain(server, connections.open, limit * GRACEFUL),
    releaseSync: () => {
      void close(server);
      destroyAll(connections.open);
    },
    letGo: () => {
      unlisten();
      connections.stop();
    },
  };
}

async function drain(server: unknown, connections: Connections, grace: number): Promise<void> {
  const deadline = now() + grace;
  const closed = close(server);
  methodOf(server, "closeIdleConnections")?.();
  for (const [socket, session] of connections) {
    if (session === undefined) finishOrEnd(socket);
    else methodOf(session, "close")?.();
  }
  await endSessions(connections, deadline);
  await sleep(Math.max(0, deadline - now()), closed);
  methodOf(server, "closeAllConnections")?.();
  destroyAll(connections);
  // A double may never call back; the bound keeps that from being our problem.
  await sleep(Math.min(grace, 100), closed);
}

/** Settles when the server is closed, also when it was closed before or never listened. */
function close(server: unknown): Promise<void> {
  return new Promise((resolve) => {
    const result = methodOf(server, "close")?.(() => resolve());
    if (isThenable(result))
      result.then(
        () => resolve(),
        () => resolve(),
      );
    else if (isDouble(server)) resolve();
  });
}

/** What knows no state and takes no callback will not call one. */
const isDouble = (server: unknown): boolean =>
  typeof read(server, "listening") !== "boolean" && read(read(server, "close"), "length") === 0;

/** A socket with an answer under way may finish it; one that is idle, half-way through a request or raw ends now. */
function finishOrEnd(socket: unknown): void {
  const answer = read(socket, "_httpMessage");
  if (answer === null || answer === undefined) return endNow(socket);
  if (read(answer, "headersSent") === false) methodOf(answer, "setHeader")?.("Connection", "close");
  onFirst(answer, "close", () => endNow(socket));
}

/**
 * A session that was told to close is destroyed with its last stream, and says `close` only when its peer has closed
 * as well. A peer that does not read never does.
 */
async function endSessions(connections: Connections, deadline: number): Promise<void> {
  while (hasSession(connections) && now() < deadline) {
    await sleep(SESSION_POLL);
    for (const [socket, session] of connections) if (read(session, "destroyed") === true) endNow(socket);
  }
}

const hasSession = (connections: Connections): boolean =>
  [...connections.values()].some((session) => session !== undefined);

/** What was written still goes out. */
function endNow(socket: unknown): void {
  (methodOf(socket, "destroySoon") ?? methodOf(socket, "destroy"))?.();
}

function destroyAll(connections: Connections): void {
  for (const socket of connections.keys()) methodOf(socket, "destroy")?.();
}
