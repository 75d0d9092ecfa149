import { ResourceContext } from "resource-context";

export async function whileWaiting(upload: () => Promise<void>): Promise<void> {
  const ctx = new ResourceContext();
  try {
    const beat = ctx.timer(setInterval(() => console.log("uploading"), 1000));
    await upload();
    try {
      const ctx = new ResourceContext();
      try {
        const again = ctx.timer(setInterval(() => console.log("uploading again"), 1000));
        await upload();
        clearInterval(again);
      } finally {
        await ctx.disposeAsync();
      }
    } catch (error) {
      console.error(error);
    }
    clearInterval(beat);
  } finally {
    await ctx.disposeAsync();
  }
}
