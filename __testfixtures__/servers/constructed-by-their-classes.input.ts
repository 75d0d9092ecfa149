import https from "node:https";
import { Server as SecureServer } from "node:tls";
import restify from "restify";

export async function serve(options: object, run: () => Promise<void>): Promise<void> {
  const api = new https.Server(options);
  const raw = new SecureServer(options);
  const routes = restify.createServer();
  await run();
  routes.close();
  raw.close();
  api.close();
}
