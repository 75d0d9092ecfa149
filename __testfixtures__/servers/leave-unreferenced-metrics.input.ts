import { createServer } from "node:http";

export function serveMetrics(port: number, text: () => string): void {
  createServer((_, response) => response.end(text())).listen(port).unref();
}
