import { showProgress } from "./progress.js";
import { ResourceContext } from "resource-context";

export async function upload(send: () => Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  const stop = ctx.defer(showProgress(console.log));
  await send();
  stop();
}
