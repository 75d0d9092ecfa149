import { spawn } from "node:child_process";
import { once } from "node:events";

export async function* follow(log: string, ready: () => Promise<void>) {
  const tail = spawn("tail", ["-n", "10", log]);
  await ready();
  yield* tail.stdout;
  await once(tail, "close");
}
