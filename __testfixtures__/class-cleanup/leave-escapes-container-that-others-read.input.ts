import { spawn, type ChildProcess } from "node:child_process";

export class Uploads {
  readonly #running = new Set<ChildProcess>();

  start(log: string): void {
    this.#running.add(spawn("upload", [log]));
  }

  running(): ReadonlySet<ChildProcess> {
    return this.#running;
  }
}
