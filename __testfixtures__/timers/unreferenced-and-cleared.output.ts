import { ResourceContext } from "resource-context";

export async function upload(send: () => Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  const progress = ctx.timer(setInterval(() => console.log("still uploading"), 5000));
  progress.unref();
  await send();
  clearInterval(progress);
}
