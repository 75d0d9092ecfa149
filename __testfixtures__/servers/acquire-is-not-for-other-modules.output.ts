import { createServer as createTcp } from "node:net";
import { once } from "node:events";
import { ResourceContext } from "resource-context";

export async function freePorts(): Promise<void> {
  await using ctx = new ResourceContext();
  const web = ctx.createServer();
  const raw = ctx.server(createTcp());
  web.listen(0);
  raw.listen(0);
  await Promise.all([once(web, "listening"), once(raw, "listening")]);
  web.close();
  raw.close();
}
