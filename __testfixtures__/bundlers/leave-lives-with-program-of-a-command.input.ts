import { context } from "esbuild";
import { createServer, preview } from "vite";

export async function dev(root: string): Promise<void> {
  const builds = await context({ entryPoints: [root] });
  await builds.watch();
  const server = await createServer({ root });
  await server.listen();
  const built = await preview({ root });
  console.log(built.resolvedUrls);
}
