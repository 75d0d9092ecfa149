import { spawn, type ChildProcess } from "node:child_process";

declare class Service {
  protected child: ChildProcess | undefined;
  close(): void;
}

export class Upload extends Service {
  start(log: string): void {
    this.child = spawn("upload", [log]);
  }

  override close(): void {
    console.log("closing");
    super.close();
  }
}
