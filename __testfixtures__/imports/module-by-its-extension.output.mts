import { ResourceContext } from "resource-context";

export async function whileWaiting(upload: () => Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  const beat = ctx.timer(setInterval(() => console.log("uploading"), 1000));
  await upload();
  clearInterval(beat);
}
