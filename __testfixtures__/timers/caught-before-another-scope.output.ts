import { ResourceContext } from "resource-context";

export async function whileWaiting(upload: () => Promise<void>, twice: boolean): Promise<void> {
  if (twice) {
    const ctx = new ResourceContext();
    try {
      const beat = ctx.timer(setInterval(() => console.log("uploading"), 1000));
      await upload();
      clearInterval(beat);
    } catch (error) {
      console.error(error);
    } finally {
      await ctx.disposeAsync();
    }
  }
  const ctx = new ResourceContext();
  try {
    const again = ctx.timer(setInterval(() => console.log("uploading again"), 1000));
    await upload();
    clearInterval(again);
  } finally {
    await ctx.disposeAsync();
  }
}
