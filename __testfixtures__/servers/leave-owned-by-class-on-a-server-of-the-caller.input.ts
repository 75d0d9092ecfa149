import type { Server } from "node:http";
import { WebSocketServer } from "ws";

export class LiveLog {
  readonly #sockets: WebSocketServer;

  constructor(server: Server, announce: (path: string) => void) {
    this.#sockets = new WebSocketServer({ server, path: "/log" });
    announce("/log");
  }

  close(): void {
    this.#sockets.close();
  }
}
