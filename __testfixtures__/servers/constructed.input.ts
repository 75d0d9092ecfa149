import http from "node:http";
import net from "node:net";

export async function probe(port: number, visit: () => Promise<void>): Promise<void> {
  const server = new http.Server();
  const raw = new net.Server();
  server.listen(port);
  await visit();
  raw.close();
  server.close();
}
