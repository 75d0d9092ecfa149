import { createServer, type Server } from "node:http";
import { ResourceContext } from "resource-context";

export class Page {
  readonly #server: Server;

  constructor(port: number, render: (url: string) => string) {
    const ctx = new ResourceContext();
    try {
      this.#server = createServer((request, response) => response.end(render(request.url ?? "")));
      ctx.server(this.#server);
      this.#server.listen(port);
      render("/"); // warms the cache up
      ctx.disown(this.#server);
    } finally {
      ctx.dispose();
    }
  }

  close(): void {
    this.#server.close();
  }
}
