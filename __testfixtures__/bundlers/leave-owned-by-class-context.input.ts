import { context } from "esbuild";

export class Builder {
  #context: Awaited<ReturnType<typeof context>> | undefined;

  async start(entry: string): Promise<void> {
    this.#context = await context({ entryPoints: [entry] });
  }

  async close(): Promise<void> {
    await this.#context?.dispose();
  }
}
