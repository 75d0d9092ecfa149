import { spawn } from "node:child_process";
import { ResourceContext } from "resource-context";

export function sample(port: number, seconds: number): void {
  const capture = ResourceContext.root.process(spawn("tcpdump", ["-w", "sample.pcap", "port", String(port)]));
  setTimeout(() => capture.kill("SIGINT"), seconds * 1000);
}
