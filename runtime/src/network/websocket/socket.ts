import { after, sleep } from "../../clock.js";
import { read } from "../../duck.js";
import { ConnectionLostError, NetworkTimeoutError } from "../errors.js";

/** What can be sent as one message. */
export type WebSocketData = string | ArrayBuffer | NodeJS.ArrayBufferView;

/** A message as `ws` hands it on. */
export type RawMessage = Buffer | ArrayBuffer | Buffer[];

/** What this package needs of a WebSocket; those of `ws` are. */
export interface WebSocketLike {
  readonly readyState: number;
  /** Bytes that were sent and are not on their way yet. */
  readonly bufferedAmount: number;
  /** Takes a message; calls `done` when it was written, or with the reason why not. */
  send(data: WebSocketData, done: (error?: Error | null) => void): void;
  /** Asks the peer for a sign of life. */
  ping(): void;
  /** Says goodbye and waits for the peer to do so. */
  close(code?: number, reason?: string): void;
  /** Ends it at once, without a word to the peer. */
  terminate(): void;
  /** A message came. */
  on(event: "message", listener: (data: RawMessage, isBinary: boolean) => void): unknown;
  /** The connection is over. */
  on(event: "close", listener: (code: number, reason: Buffer) => void): unknown;
  /** Something went wrong; `close` follows. */
  on(event: "error", listener: (error: Error) => void): unknown;
  /** It is open, or the peer gave a sign of life. */
  on(event: "open" | "ping" | "pong", listener: () => void): unknown;
}

export const OPEN = 1;
const CLOSED = 3;
/** "Going away": a server that stops, a program that ends. */
export const GOING_AWAY = 1001;

export const SOCKET_METHODS = ["send", "ping", "close", "terminate", "on"] as const;

/** Whether a value has what {@link WebSocketLike} asks for. */
export const isWebSocket = (value: unknown): value is WebSocketLike =>
  SOCKET_METHODS.every((method) => typeof read(value, method) === "function");

/** How long to wait for a socket, and what to do as soon as it is open. */
interface Opening {
  readonly timeout: number;
  readonly signal: AbortSignal;
  ready(): void;
}

/** Waits until a socket is open; one that does not get there in time, or must not any more, is ended. */
export function opened(socket: WebSocketLike, { timeout, signal, ready }: Opening): Promise<void> {
  return new Promise((resolve, reject) => {
    let failure: unknown;
    const giveUp = (reason: unknown): void => {
      failure ??= reason;
      socket.terminate();
    };
    const stop = (): void => giveUp(signal.reason);
    const cancel = after(timeout, () => giveUp(new NetworkTimeoutError("Connecting", timeout)));
    const settle = (done: () => void): void => {
      cancel();
      signal.removeEventListener("abort", stop);
      done();
    };
    signal.addEventListener("abort", stop);
    const open = (): void => {
      ready();
      settle(resolve);
    };
    socket.on("open", open);
    // This listener stays: without one, an error of the socket would end the process.
    socket.on("error", (error) => (failure ??= error));
    socket.on("close", (code) => settle(() => reject(failure ?? new ConnectionLostError(code))));
    if (signal.aborted) stop();
    else if (socket.readyState === OPEN) open();
  });
}

/** Says goodbye, waits for the peer to do so as well, and ends the connection after `ms` all the same. */
export async function closeSocket(socket: WebSocketLike, ms: number): Promise<void> {
  if (socket.readyState === CLOSED) return;
  const closed = new Promise<void>((resolve) => void socket.on("close", () => resolve()));
  socket.close(GOING_AWAY);
  await sleep(ms, closed);
  if (isClosed(socket)) return;
  socket.terminate();
  await sleep(ms, closed);
}

const isClosed = (socket: WebSocketLike): boolean => socket.readyState === CLOSED;

/** Text as text, everything else as one buffer. */
export function messageOf(data: RawMessage, isBinary: boolean): string | Buffer {
  const buffer = Array.isArray(data)
    ? Buffer.concat(data)
    : Buffer.isBuffer(data)
      ? data
      : Buffer.from(new Uint8Array(data));
  return isBinary ? buffer : buffer.toString();
}
