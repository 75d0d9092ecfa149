import { context } from "esbuild";
import { ResourceContext } from "resource-context";

export class Assets {
  private readonly resources = new ResourceContext();
  private builds?: Awaited<ReturnType<typeof context>>;

  async start(entry: string): Promise<void> {
    this.builds = this.resources.adopt(await context({ entryPoints: [entry] }), (context) => context.dispose());
    await this.builds.watch();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.resources.disposeAsync();
  }
}
