import { InvalidArgumentError } from "../../errors.js";
import { loadPeer } from "../../peers.js";
import { construct, parseUrl } from "../shared.js";
import { expectDuration, expectInteger, expectMethods, expectOptions } from "../../validate.js";
import { type ReconnectOptions, RECONNECT } from "./backoff.js";
import { HEARTBEAT, type HeartbeatOptions } from "./heartbeat.js";
import type { OutboxLimits } from "./outbox.js";
import { isWebSocket, OPEN, SOCKET_METHODS, type WebSocketLike } from "./socket.js";

/** How a connection is opened, kept and closed. Times are in milliseconds. */
export interface WebSocketConnectionOptions extends HeartbeatOptions {
  /** How long the handshake may take. Default: 10,000. */
  readonly connectTimeout?: number;
  /** How long the peer may take to answer the goodbye before the connection is cut. Default: 5,000. */
  readonly closeTimeout?: number;
  /** How many messages may wait while the connection is not there, or takes no more. Default: 32. */
  readonly queueMessages?: number;
  /** How many bytes of messages may wait. Default: 1 MiB. */
  readonly queueBytes?: number;
  /** Make the connection again when it is lost. Default: false. */
  readonly reconnect?: boolean | ReconnectOptions;
  /** What the connection is called in reports. Default: the host and port. */
  readonly name?: string;
  /** Sent with the handshake; for connections to a URL. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The subprotocols to offer; for connections to a URL. */
  readonly protocols?: readonly string[];
  /** Closes the connection when it is aborted. */
  readonly signal?: AbortSignal;
}

/** Where to connect to, a WebSocket that exists, or a function that makes one. */
export type WebSocketTarget =
  string | URL | WebSocketLike | (() => WebSocketLike | PromiseLike<WebSocketLike>);

/** How to get a socket. */
export interface Dial {
  readonly name: string;
  /** Whether it can be done more than once. */
  readonly isRepeatable: boolean;
  connect(): Promise<WebSocketLike>;
}

/** Options with their defaults. */
export interface ConnectionSettings {
  readonly connectTimeout: number;
  readonly closeTimeout: number;
  readonly heartbeat: Required<HeartbeatOptions>;
  readonly outbox: OutboxLimits;
  readonly reconnect: Required<ReconnectOptions> | undefined;
}

const KNOWN = [
  "connectTimeout",
  "closeTimeout",
  "queueMessages",
  "queueBytes",
  "reconnect",
  "name",
  "headers",
  "protocols",
  "signal",
  "pingInterval",
  "pongTimeout",
] as const;

export function connectionSettings(given: WebSocketConnectionOptions | undefined): ConnectionSettings {
  const options = expectOptions("options", given, KNOWN);
  const { connectTimeout = 10_000, closeTimeout = 5_000, queueMessages = 32, queueBytes = 2 ** 20 } = options;
  if (options.signal !== undefined) expectMethods("signal", options.signal, ["addEventListener"]);
  return {
    connectTimeout: expectDuration("connectTimeout", connectTimeout),
    closeTimeout: expectDuration("closeTimeout", closeTimeout),
    heartbeat: heartbeatSettings(options),
    outbox: {
      maxMessages: expectInteger("queueMessages", queueMessages, { min: 0 }),
      maxBytes: expectInteger("queueBytes", queueBytes, { min: 0 }),
    },
    reconnect: reconnectSettings(options.reconnect),
  };
}

export function heartbeatSettings(options: HeartbeatOptions): Required<HeartbeatOptions> {
  const { pingInterval = HEARTBEAT.pingInterval, pongTimeout = HEARTBEAT.pongTimeout } = options;
  return {
    pingInterval: expectDuration("pingInterval", pingInterval),
    pongTimeout: expectDuration("pongTimeout", pongTimeout),
  };
}

function reconnectSettings(
  given: boolean | ReconnectOptions | undefined,
): Required<ReconnectOptions> | undefined {
  if (given === undefined || given === false) return undefined;
  if (given === true) return RECONNECT;
  const known = ["baseDelay", "maxDelay", "resetAfter", "maxTries"] as const;
  const options = { ...RECONNECT, ...expectOptions("reconnect", given, known) };
  const { maxTries } = options;
  return {
    baseDelay: expectDuration("reconnect.baseDelay", options.baseDelay),
    maxDelay: expectDuration("reconnect.maxDelay", options.maxDelay),
    resetAfter: expectDuration("reconnect.resetAfter", options.resetAfter),
    maxTries: maxTries === Infinity ? maxTries : expectInteger("reconnect.maxTries", maxTries, { min: 1 }),
  };
}

/** How to reach a target; throws at once when it is none. */
export function dialOf(target: WebSocketTarget, options: WebSocketConnectionOptions = {}): Dial {
  if (typeof target === "function") {
    const connect = async (): Promise<WebSocketLike> => expectSocket(await target());
    return { name: options.name ?? "websocket", isRepeatable: true, connect };
  }
  if (typeof target === "string" || target instanceof URL) return dialUrl(expectUrl(target), options);
  const socket = expectSocket(target);
  if (socket.readyState > OPEN)
    throw new InvalidArgumentError({
      name: "target",
      came: target,
      expected: "a WebSocket that is not closed",
    });
  if (options.reconnect !== undefined && options.reconnect !== false)
    throw new InvalidArgumentError({
      name: "target",
      came: target,
      expected: "a URL or a function that makes a WebSocket when reconnect is asked for",
      hint: "A WebSocket that was closed cannot be opened again.",
    });
  return { name: options.name ?? "websocket", isRepeatable: false, connect: () => Promise.resolve(socket) };
}

function dialUrl(url: URL, options: WebSocketConnectionOptions): Dial {
  const { headers, protocols = [], connectTimeout: handshakeTimeout = 10_000 } = options;
  const connect = async (): Promise<WebSocketLike> => {
    const given = [url, [...protocols], { handshakeTimeout, ...(headers !== undefined && { headers }) }];
    return expectSocket(construct(await loadPeer("ws"), "WebSocket", given));
  };
  // Neither the path nor the user: they may hold a secret.
  return { name: options.name ?? `${url.protocol}//${url.host}`, isRepeatable: true, connect };
}

function expectUrl(target: string | URL): URL {
  const url = parseUrl(target);
  if (url?.protocol === "ws:" || url?.protocol === "wss:") return url;
  throw new InvalidArgumentError({
    name: "target",
    came: target,
    expected: "a URL that begins with ws: or wss:",
  });
}

function expectSocket(value: unknown): WebSocketLike {
  if (isWebSocket(value)) return value;
  throw new InvalidArgumentError({
    name: "target",
    came: value,
    expected: `a WebSocket with ${SOCKET_METHODS.join("(), ")}()`,
    hint: 'Those of the package "ws" have them; the one that is built into Node has not.',
  });
}
