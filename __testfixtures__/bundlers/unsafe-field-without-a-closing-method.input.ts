import { context } from "esbuild";

export class Assets {
  private builds?: Awaited<ReturnType<typeof context>>;

  async start(entry: string): Promise<void> {
    this.builds = await context({ entryPoints: [entry] });
    await this.builds.watch();
  }
}
