import { setTimeout as delay } from "node:timers/promises";
import { ResourceContext } from "resource-context";

export const server = {
  get ready(): Promise<void> {
    return this.wait();
  },

  async wait(): Promise<void> {
    await using ctx = new ResourceContext();
    const beat = ctx.timer(setInterval(() => console.log("starting"), 1000));
    await delay(5000);
    clearInterval(beat);
  },
};
