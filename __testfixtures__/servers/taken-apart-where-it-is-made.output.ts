import { createServer, type Server } from "node:http";
import { ResourceContext } from "resource-context";

async function serve(): Promise<{ server: Server; port: number }> {
  await using ctx = new ResourceContext();
  const server = ctx.server(createServer());
  await new Promise<void>((resolve) => server.listen(0, resolve));
  ctx.disown(server);
  return { server, port: 8080 };
}

export async function checkPort(): Promise<void> {
  await using ctx = new ResourceContext();
  const { server, port } = await serve();
  ctx.server(server);
  const answer = await fetch(`http://localhost:${port}`);
  console.log(answer.status);
  server.close();
}
