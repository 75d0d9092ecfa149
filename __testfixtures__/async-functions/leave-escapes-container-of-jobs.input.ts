import { spawn, type ChildProcess } from "node:child_process";

export class Scheduler {
  readonly #jobs: ChildProcess[] = [];

  async schedule(command: string, delay: (jobs: ChildProcess[]) => Promise<void>): Promise<void> {
    const job = spawn(command, { shell: true });
    this.#jobs.push(job);
    await delay(this.#jobs);
  }
}
