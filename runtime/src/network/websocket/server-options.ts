import type * as http from "node:http";
import { InvalidArgumentError } from "../../errors.js";
import { settings } from "../../settings.js";
import {
  expectDuration,
  expectFunction,
  expectInteger,
  expectMethods,
  expectOptions,
  expectString,
} from "../../validate.js";
import type { HeartbeatOptions } from "./heartbeat.js";
import { heartbeatSettings } from "./options.js";
import type { WebSocketLike } from "./socket.js";

/** Takes a connection, with the request that it began as. One that throws or rejects closes it with status 1011. */
export type ConnectionHandler = (socket: WebSocketLike, request: http.IncomingMessage) => unknown;

/** Where a server listens and what it does with its connections. Times are in milliseconds. */
export interface WebSocketServerOptions extends HeartbeatOptions {
  readonly handler: ConnectionHandler;
  /** The port to listen on; 0 for any that is free. */
  readonly port?: number;
  /** The address to listen on. Default: 127.0.0.1, which only this machine reaches. */
  readonly host?: string;
  /** An HTTP or HTTPS server that exists, instead of a port. It is neither started nor closed. */
  readonly server?: http.Server;
  /** Take only requests for this path, such as `/jobs`. Default: all. */
  readonly path?: string;
  /** Refuse who comes when so many are connected, with status 503. Default: no limit. */
  readonly maxConnections?: number;
  /** The largest message that is taken, in bytes. Default: 1 MiB. */
  readonly maxPayload?: number;
  /**
   * How long peers may take to answer the goodbye before they are cut. Default: 95 % of the time that `configure` gives
   * one resource, which is 9,500, so that a context that closes the server sees it end in time.
   */
  readonly closeTimeout?: number;
  /** What the server is called in reports. Default: websocketServer. */
  readonly name?: string;
}

/** Options with their defaults. */
export interface ServerSettings {
  readonly handler: ConnectionHandler;
  readonly server: http.Server | undefined;
  readonly port: number;
  readonly host: string;
  readonly path: string | undefined;
  readonly maxConnections: number;
  readonly maxPayload: number;
  readonly closeTimeout: number;
  readonly heartbeat: Required<HeartbeatOptions>;
  readonly name: string;
}

const GRACEFUL = 0.95;

const KNOWN = [
  "handler",
  "port",
  "host",
  "server",
  "path",
  "maxConnections",
  "maxPayload",
  "closeTimeout",
  "name",
  "pingInterval",
  "pongTimeout",
] as const;

export function serverSettings(given: WebSocketServerOptions): ServerSettings {
  const options = expectOptions("options", given, KNOWN);
  const { server, port, host = "127.0.0.1", path, maxPayload = 2 ** 20 } = options;
  const { closeTimeout = settings().resourceTimeout * GRACEFUL } = options;
  if ((server === undefined) === (port === undefined))
    throw new InvalidArgumentError({
      name: "options",
      came: given,
      expected: "an object with either port or server",
      hint: "port: 0 takes any port that is free.",
    });
  const { maxConnections } = options;
  return {
    handler: expectFunction("handler", given.handler),
    server: server === undefined ? undefined : expectMethods("server", server, ["on", "removeListener"]),
    port: port === undefined ? 0 : expectInteger("port", port, { min: 0, max: 65_535 }),
    host: expectString("host", host),
    path: path === undefined ? undefined : expectPath(path),
    maxConnections:
      maxConnections === undefined ? Infinity : expectInteger("maxConnections", maxConnections, { min: 1 }),
    maxPayload: expectInteger("maxPayload", maxPayload, { min: 1 }),
    closeTimeout: expectDuration("closeTimeout", closeTimeout),
    heartbeat: heartbeatSettings(options),
    name: options.name === undefined ? "websocketServer" : expectString("name", options.name),
  };
}

function expectPath(path: string): string {
  if (typeof path === "string" && path.startsWith("/") && !path.includes("?")) return path;
  throw new InvalidArgumentError({
    name: "path",
    came: path,
    expected: "a path that begins with / and has no query",
  });
}
