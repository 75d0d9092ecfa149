import { context } from "esbuild";
import { createServer, preview } from "vite";

export async function smoke(root: string, visit: (urls: object) => Promise<void>): Promise<void> {
  const builds = await context({ entryPoints: [root] });
  await builds.watch();
  const server = await createServer({ root });
  await server.listen(4173);
  const built = await preview({ root });
  await visit(built.resolvedUrls);
  await built.close();
  await server.close();
  await builds.dispose();
}
