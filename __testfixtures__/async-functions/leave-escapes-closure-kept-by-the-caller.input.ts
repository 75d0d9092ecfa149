import { spawn } from "node:child_process";

export async function record(port: number, signals: { stop: () => void }, ready: () => Promise<void>) {
  const capture = spawn("tcpdump", ["port", String(port)]);
  signals.stop = () => void capture.kill("SIGINT");
  await ready();
}
