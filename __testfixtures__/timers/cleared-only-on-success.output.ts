import { ResourceContext } from "resource-context";

export async function withProgress(work: () => Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  const ticker = ctx.timer(setInterval(() => process.stderr.write("."), 1000));
  await work();
  clearInterval(ticker);
}
