import { createServer } from "vite";

export async function check(root: string, visit: (urls: object) => Promise<void>): Promise<void> {
  const server = await createServer({ root });
  try {
    await server.listen();
    await visit(server.resolvedUrls);
  } finally {
    await server.close();
  }
}
