import { createServer, type Server } from "node:http";
import { ResourceContext } from "resource-context";

export class Preview {
  readonly #server: Server;

  constructor(port: number, render: (url: string) => string) {
    using ctx = new ResourceContext();
    this.#server = createServer((request, response) => response.end(render(request.url ?? "")));
    ctx.server(this.#server);
    this.#server.listen(port);
    render("/"); // warms the cache up
    ctx.disown(this.#server);
  }

  close(): void {
    this.#server.close();
  }
}
