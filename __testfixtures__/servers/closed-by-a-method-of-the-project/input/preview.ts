import { once } from "node:events";
import { createServer } from "node:http";

export interface Preview {
  readonly url: string;
  close(): Promise<void>;
}

export async function startPreview(port: number, log: (line: string) => void): Promise<Preview> {
  const server = createServer((_, response) => response.end("preview")).listen(port);
  return {
    url: `http://localhost:${port}`,
    async close() {
      log("closing");
      server.close();
      await once(server, "close");
    },
  };
}
