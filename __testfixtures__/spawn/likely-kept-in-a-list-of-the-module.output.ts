import { fork, type ChildProcess } from "node:child_process";
import { ResourceContext } from "resource-context";

const workers = new Map<number, ChildProcess>();

export function addWorker(port: number): void {
  const worker = ResourceContext.root.process(fork("./worker.js", [String(port)]));
  workers.set(port, worker);
}
