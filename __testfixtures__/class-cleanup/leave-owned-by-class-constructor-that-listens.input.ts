import { createServer, type Server } from "node:http";

export class Health {
  readonly #server: Server;

  constructor(port: number) {
    this.#server = createServer((_, response) => response.end("ok"));
    this.#server.on("error", (error) => console.error(error));
    this.#server.listen(port);
  }

  close(): void {
    this.#server.close();
  }
}
