import { spawn, type ChildProcess } from "node:child_process";

export class Launcher {
  last: ChildProcess | undefined;

  launch(command: string): ChildProcess {
    const child = spawn(command);
    this.last = child;
    return child;
  }
}
