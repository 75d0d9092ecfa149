import { chromium } from "playwright";

export class Printer {
  #browser: Awaited<ReturnType<typeof chromium.launch>> | undefined;

  async start(): Promise<void> {
    this.#browser = await chromium.launch();
  }

  async stop(): Promise<void> {
    await this.#browser?.close();
  }
}
