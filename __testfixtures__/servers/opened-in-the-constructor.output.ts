import { createServer, type Server } from "node:http";
import { ResourceContext } from "resource-context";

export class StatusPage {
  readonly #server: Server;

  constructor(port: number, announce: (url: string) => void) {
    using ctx = new ResourceContext();
    this.#server = ctx.server(createServer());
    this.#server.listen(port);
    announce(`http://localhost:${port}`);
    ctx.disown(this.#server);
  }

  close(): void {
    this.#server.close();
  }
}
