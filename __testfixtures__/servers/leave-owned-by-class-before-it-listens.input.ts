import { createServer, type Server } from "node:http";
import { WebSocketServer } from "ws";

export class Tunnel {
  readonly #server: Server;
  readonly #sockets: WebSocketServer;

  constructor() {
    this.#server = createServer();
    this.#sockets = new WebSocketServer({ noServer: true });
    this.#server.on("upgrade", (request, socket, head) => {
      this.#sockets.handleUpgrade(request, socket, head, () => undefined);
    });
  }

  close(): void {
    this.#sockets.close();
    this.#server.close();
  }
}
