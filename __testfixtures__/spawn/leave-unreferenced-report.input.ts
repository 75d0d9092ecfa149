import { fork } from "node:child_process";

export function reportLater(script: string, log: number, report: object): void {
  const sender = fork(script, ["--quiet"], { stdio: ["ignore", log, log, "ipc"] });
  sender.send(report);
  sender.disconnect();
  sender.unref();
}
