import { LogTail } from "./log-tail.js";

export async function report(file: string, finished: () => Promise<void>): Promise<void> {
  const tail = new LogTail(file, () => console.log("changed"));
  await finished();
  tail.stop();
}
