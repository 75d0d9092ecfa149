import * as http from "node:http";
import type { Duplex } from "node:stream";
import { methodOf } from "../../duck.js";
import { ResourceStateError } from "../../errors.js";
import { type Health, ManagedResource } from "../../managed-resource.js";
import { loadPeer } from "../../peers.js";
import { log } from "../../settings.js";
import { construct } from "../shared.js";
import { withResource } from "../with-resource.js";
import { keepAlive } from "./heartbeat.js";
import { type ServerSettings, serverSettings, type WebSocketServerOptions } from "./server-options.js";
import { closeSocket, isWebSocket, type WebSocketLike } from "./socket.js";

/** Status 1011 of RFC 6455: the server could not go on. */
const INTERNAL_ERROR = 1011;

/**
 * A server of WebSockets: it watches its connections, takes no more than it may, and closes in bounded time. It stops
 * accepting, says goodbye to all, cuts who does not answer, and closes the HTTP server if that is its own.
 */
export class ManagedWebSocketServer extends ManagedResource<http.Server> {
  readonly kind = "websocketServer";
  readonly name: string;
  readonly #settings: ServerSettings;
  readonly #connections = new Set<WebSocketLike>();
  #upgrader: unknown;

  constructor(options: WebSocketServerOptions) {
    super();
    this.#settings = serverSettings(options);
    this.name = this.#settings.name;
  }

  /** The WebSockets that are open or closing. */
  get connections(): ReadonlySet<WebSocketLike> {
    return this.#connections;
  }

  /** The port that it listens on. */
  get port(): number {
    const address = this.value.address();
    if (address !== null && typeof address === "object") return address.port;
    throw new ResourceStateError(this.kind, "not listening on a port", "tell its port");
  }

  protected async onInitialize(): Promise<http.Server> {
    const { server: given, maxPayload } = this.#settings;
    this.#upgrader = construct(await loadPeer("ws"), "WebSocketServer", [{ noServer: true, maxPayload }]);
    const server = given ?? (await listen(this.#settings));
    server.on("upgrade", this.#onUpgrade);
    return server;
  }

  protected async onClose(server: http.Server): Promise<void> {
    const isOwn = this.#settings.server === undefined;
    const closed = isOwn ? stop(server) : undefined;
    const { closeTimeout } = this.#settings;
    await Promise.all([...this.#connections].map((socket) => closeSocket(socket, closeTimeout)));
    server.removeListener("upgrade", this.#onUpgrade);
    await closed;
  }

  protected override onCloseSync(server: http.Server): void {
    for (const socket of this.#connections) socket.terminate();
    server.removeListener("upgrade", this.#onUpgrade);
    if (this.#settings.server === undefined) void stop(server);
  }

  protected override onHealth(server: http.Server): Health {
    const open = this.#connections.size;
    if (!server.listening) return { status: "failed", detail: `${this.name} does not listen` };
    const isFull = open >= this.#settings.maxConnections;
    return {
      status: isFull ? "degraded" : "ok",
      detail: `${open} connections${isFull ? ", the limit" : ""}`,
    };
  }

  readonly #onUpgrade = (request: http.IncomingMessage, socket: Duplex, head: Buffer): void => {
    if (!this.#isOurs(request)) return this.#leave(socket);
    if (this.state !== "open" || this.#connections.size >= this.#settings.maxConnections)
      return refuse(socket, 503);
    methodOf(this.#upgrader, "handleUpgrade")?.(request, socket, head, (accepted: unknown) => {
      if (isWebSocket(accepted)) this.#accept(accepted, request);
    });
  };

  #isOurs(request: http.IncomingMessage): boolean {
    const { path } = this.#settings;
    return path === undefined || request.url?.split("?")[0] === path;
  }

  /** On a server that is shared, the path may be somebody else's. */
  #leave(socket: Duplex): void {
    const others = this.#settings.server?.listenerCount("upgrade") ?? 0;
    if (others <= 1) refuse(socket, 404);
  }

  #accept(socket: WebSocketLike, request: http.IncomingMessage): void {
    this.#connections.add(socket);
    const stop = keepAlive(socket, this.#settings.heartbeat);
    socket.on("close", () => {
      stop();
      this.#connections.delete(socket);
    });
    // A peer that breaks the protocol is closed by `ws`; without a listener it would end the process.
    socket.on("error", (error) => log("warn", { name: this.name, error }, "websocket connection failed"));
    void this.#handle(socket, request);
  }

  async #handle(socket: WebSocketLike, request: http.IncomingMessage): Promise<void> {
    try {
      await this.#settings.handler(socket, request);
    } catch (error) {
      log("error", { name: this.name, error }, "websocket handler failed");
      socket.close(INTERNAL_ERROR);
    }
  }
}

/** Runs `body` with a server that listens, and closes it afterwards whatever happens. */
export async function withWebSocketServer<T>(
  options: WebSocketServerOptions,
  body: (server: ManagedWebSocketServer) => T | PromiseLike<T>,
): Promise<T> {
  const server = new ManagedWebSocketServer(options);
  return await withResource(server, body);
}

function listen({ port, host }: ServerSettings): Promise<http.Server> {
  const server = http.createServer((_request, response) => {
    response.writeHead(426, { "Content-Type": "text/plain", Connection: "close" }).end("Upgrade Required");
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      // From now on an error is one connection that could not be accepted; without a listener it would end the process.
      server.on("error", (error) => log("warn", { error }, "websocket server"));
      server.removeListener("error", reject);
      resolve(server);
    });
  });
}

/** Takes no more connections, and ends those that have not become WebSockets. */
function stop(server: http.Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    // Node 18.0 and 18.1 do not have it, and wait until a connection that nobody uses times out.
    methodOf(server, "closeAllConnections")?.();
  });
}

function refuse(socket: Duplex, status: number): void {
  socket.on("error", () => socket.destroy()).once("finish", () => socket.destroy());
  socket.end(
    `HTTP/1.1 ${status} ${http.STATUS_CODES[status] ?? ""}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
  );
}
