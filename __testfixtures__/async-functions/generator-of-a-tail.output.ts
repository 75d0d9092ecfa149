import { spawn } from "node:child_process";
import { once } from "node:events";
import { ResourceContext } from "resource-context";

export async function* follow(log: string, ready: () => Promise<void>) {
  await using ctx = new ResourceContext();
  const tail = ctx.process(spawn("tail", ["-n", "10", log]));
  await ready();
  yield* tail.stdout;
  await once(tail, "close");
}
