import { now, quietlyAfter, soon } from "../../clock.js";
import { OPEN, type WebSocketLike } from "./socket.js";

/** How a connection is kept alive, in milliseconds. */
export interface HeartbeatOptions {
  /** How often to ping the peer; 0 never does. Default: 20,000. */
  readonly pingInterval?: number;
  /** How long the peer may take to answer. Default: 10,000. */
  readonly pongTimeout?: number;
}

export const HEARTBEAT = { pingInterval: 20_000, pongTimeout: 10_000 } as const;

/**
 * Pings the peer and ends the connection when nothing at all comes back: a peer that lost its network never says so.
 * Gives back the way to stop. The timers do not keep the process alive.
 */
export function keepAlive(
  socket: WebSocketLike,
  { pingInterval, pongTimeout }: Required<HeartbeatOptions>,
): () => void {
  let cancel = (): void => {};
  if (pingInterval === 0) return cancel;
  let seen = 0;
  const see = (): void => void (seen = now());
  const rest = (ms: number): void => void (cancel = quietlyAfter(ms, ping));
  const ping = (): void => {
    if (socket.readyState !== OPEN) return;
    const sent = now();
    socket.ping();
    // The timer comes before what has arrived meanwhile is read, so the peer gets one more turn of the event loop.
    cancel = quietlyAfter(pongTimeout, () => soon(() => judge(sent)));
  };
  const judge = (sent: number): void => {
    if (seen >= sent) return rest(Math.max(0, pingInterval - pongTimeout));
    // So late a timer says that this process was busy or asleep, and nothing about the peer.
    if (now() - sent > 2 * pongTimeout) return ping();
    if (socket.readyState === OPEN) socket.terminate();
  };
  socket.on("pong", see);
  socket.on("ping", see);
  socket.on("message", see);
  rest(pingInterval);
  return () => cancel();
}
