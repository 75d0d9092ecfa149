import { fork, type ChildProcess } from "node:child_process";

const workers = new Map<number, ChildProcess>();

export function addWorker(port: number): void {
  const worker = fork("./worker.js", [String(port)]);
  workers.set(port, worker);
}
