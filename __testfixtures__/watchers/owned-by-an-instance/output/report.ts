import { LogTail } from "./log-tail.js";
import { ResourceContext } from "resource-context";

export async function report(file: string, finished: () => Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  const tail = ctx.adopt(new LogTail(file, () => console.log("changed")), (it) => it.stop());
  await finished();
  tail.stop();
}
