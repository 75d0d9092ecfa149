import https from "node:https";
import { Server as SecureServer } from "node:tls";
import restify from "restify";
import { ResourceContext } from "resource-context";

export async function serve(options: object, run: () => Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  const api = ctx.server(new https.Server(options));
  const raw = ctx.server(new SecureServer(options));
  const routes = ctx.server(restify.createServer());
  await run();
  routes.close();
  raw.close();
  api.close();
}
