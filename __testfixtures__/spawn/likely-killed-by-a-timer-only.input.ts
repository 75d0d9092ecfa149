import { spawn } from "node:child_process";

export function sample(port: number, seconds: number): void {
  const capture = spawn("tcpdump", ["-w", "sample.pcap", "port", String(port)]);
  setTimeout(() => capture.kill("SIGINT"), seconds * 1000);
}
