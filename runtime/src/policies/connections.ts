import { methodOf, onFirst, read } from "../duck.js";

/** The open connections of a server: the socket that carries each, and the `http2` session on it, where there is one. */
export type Connections = ReadonlyMap<unknown, unknown>;

/** Open connections, and the end of looking at them. */
export interface Tracked {
  readonly open: Connections;
  stop(): void;
}

/** Keeps the connections that a server accepts from now on, until they close. */
export function trackConnections(server: unknown): Tracked {
  const open = new Map<unknown, unknown>();
  let newest: unknown;
  const add = (socket: unknown): void => {
    newest = socket;
    open.set(socket, undefined);
    onFirst(socket, "close", () => open.delete(socket));
  };
  // The TLS socket speaks for the one below it, which was known from the moment it connected: a peer that never
  // finishes its handshake is a connection as well.
  const secure = (socket: unknown): void => {
    open.delete(read(socket, "_parent"));
    add(socket);
  };
  // Node makes the session while it handles the connection, so it belongs to the socket that came last.
  const session = (value: unknown): void => void (open.has(newest) && open.set(newest, value));
  const stops = [
    listen(server, "connection", add),
    listen(server, "secureConnection", secure),
    listen(server, "session", session),
  ];
  return { open, stop: () => stops.forEach((stop) => stop()) };
}

/** Ahead of Node's own listener, which makes the session. */
function listen(server: unknown, event: string, listener: (value: unknown) => void): () => void {
  (methodOf(server, "prependListener") ?? methodOf(server, "on"))?.(event, listener);
  return () => void methodOf(server, "removeListener")?.(event, listener);
}
