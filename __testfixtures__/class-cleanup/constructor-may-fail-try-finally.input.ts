import { createServer, type Server } from "node:http";

export class Page {
  readonly #server: Server;

  constructor(port: number, render: (url: string) => string) {
    this.#server = createServer((request, response) => response.end(render(request.url ?? "")));
    this.#server.listen(port);
    render("/"); // warms the cache up
  }

  close(): void {
    this.#server.close();
  }
}
