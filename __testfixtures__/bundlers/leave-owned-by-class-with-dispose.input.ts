import { context } from "esbuild";

export class Assets {
  private builds?: Awaited<ReturnType<typeof context>>;

  async start(entry: string): Promise<void> {
    this.builds = await context({ entryPoints: [entry] });
  }

  async dispose(): Promise<void> {
    await this.builds?.dispose();
  }
}
