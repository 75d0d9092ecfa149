import { createServer, type Server } from "node:http";

export class StatusPage {
  readonly #server: Server;

  constructor(port: number, announce: (url: string) => void) {
    this.#server = createServer();
    this.#server.listen(port);
    announce(`http://localhost:${port}`);
  }

  close(): void {
    this.#server.close();
  }
}
