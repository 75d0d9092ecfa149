import { setTimeout as delay } from "node:timers/promises";

export const server = {
  get ready(): Promise<void> {
    return this.wait();
  },

  async wait(): Promise<void> {
    const beat = setInterval(() => console.log("starting"), 1000);
    await delay(5000);
    clearInterval(beat);
  },
};
