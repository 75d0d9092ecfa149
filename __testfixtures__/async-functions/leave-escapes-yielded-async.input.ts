import { spawn } from "node:child_process";

export async function* workers(ports: AsyncIterable<number>) {
  for await (const port of ports) {
    const worker = spawn("worker", ["--port", String(port)]);
    yield worker;
  }
}
