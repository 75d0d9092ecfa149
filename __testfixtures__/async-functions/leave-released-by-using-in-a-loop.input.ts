import { spawn } from "node:child_process";

export async function probe(hosts: readonly string[], wait: () => Promise<void>): Promise<void> {
  for (const host of hosts) {
    using pinger = spawn("ping", [host]);
    pinger.stdout.pipe(process.stdout);
    await wait();
  }
}
