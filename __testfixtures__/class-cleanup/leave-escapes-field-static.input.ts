import { spawn, type ChildProcess } from "node:child_process";

export class Daemon {
  private static child: ChildProcess | undefined;

  static start(command: string): void {
    Daemon.stop();
    this.child = spawn(command);
  }

  static stop(): void {
    this.child?.kill();
  }
}
