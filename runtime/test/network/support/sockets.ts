import * as crypto from "node:crypto";
import * as http from "node:http";
import type * as net from "node:net";
import { WebSocket, WebSocketServer } from "ws";
import { listen } from "./servers.js";

const disposals: (() => void)[] = [];

/** Ends whatever a test left behind; for `afterEach`. */
export function endAll(): void {
  for (const dispose of disposals.splice(0)) dispose();
}

/** A real server of WebSockets, all connections that it ever had, and its URL. */
export interface Served {
  readonly url: string;
  readonly port: number;
  readonly accepted: WebSocket[];
  stop(): Promise<void>;
}

/** Serves WebSockets on a port, a free one when none is given; what comes is echoed. */
export async function serve(port = 0): Promise<Served> {
  const accepted: WebSocket[] = [];
  const server = new WebSocketServer({ port, host: "127.0.0.1" });
  server.on("connection", (socket) => {
    accepted.push(socket);
    socket.on("error", () => {});
    socket.on("message", (data, isBinary) => socket.send(data, { binary: isBinary }));
  });
  await new Promise((resolve) => server.once("listening", resolve));
  const stop = (): Promise<void> => {
    for (const socket of accepted) socket.terminate();
    return new Promise((resolve) => server.close(() => resolve()));
  };
  disposals.push(() => void stop());
  const address = server.address();
  const bound = typeof address === "object" && address !== null ? address.port : 0;
  return { url: `ws://127.0.0.1:${bound}`, port: bound, accepted, stop };
}

/** A peer of bytes that shakes hands and then neither reads nor answers: as one whose network is gone. */
export async function serveHalfOpen(): Promise<{ readonly url: string; readonly sockets: net.Socket[] }> {
  const sockets: net.Socket[] = [];
  const server = http.createServer();
  server.on("upgrade", (request, socket: net.Socket) => {
    sockets.push(socket);
    socket.on("error", () => {});
    const accept = crypto
      .createHash("sha1")
      .update(`${request.headers["sec-websocket-key"] ?? ""}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
      .digest("base64");
    const headers = ["HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade"];
    socket.write([...headers, `Sec-WebSocket-Accept: ${accept}`, "", ""].join("\r\n"));
    socket.pause();
  });
  const port = await listen(server);
  disposals.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
    server.closeAllConnections();
  });
  return { url: `ws://127.0.0.1:${port}`, sockets };
}

/** A peer that accepts a connection and never says a word. */
export async function serveSilence(server: net.Server): Promise<string> {
  const sockets: net.Socket[] = [];
  server.on("connection", (socket) => sockets.push(socket.on("error", () => {})));
  const port = await listen(server);
  disposals.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `ws://127.0.0.1:${port}`;
}

/** A plain client of `ws`, open. */
export async function client(url: string): Promise<WebSocket> {
  const socket = new WebSocket(url);
  socket.on("error", () => {});
  disposals.push(() => socket.terminate());
  await new Promise((resolve, reject) => socket.once("open", resolve).once("close", reject));
  return socket;
}
