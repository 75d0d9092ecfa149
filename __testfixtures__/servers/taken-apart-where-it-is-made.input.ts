import { createServer, type Server } from "node:http";

async function serve(): Promise<{ server: Server; port: number }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, resolve));
  return { server, port: 8080 };
}

export async function checkPort(): Promise<void> {
  const { server, port } = await serve();
  const answer = await fetch(`http://localhost:${port}`);
  console.log(answer.status);
  server.close();
}
