import { createServer, type Server } from "node:http";

class PortApi {
  #server?: Server;

  listen(port: number): void {
    this.#server = createServer().listen(port);
  }

  close(): void {
    this.#server?.close();
  }
}

export class LogApp {
  readonly #api = new PortApi();

  start(): void {
    this.#api.listen(8080);
  }

  stop(): void {
    this.#api.close();
  }
}
