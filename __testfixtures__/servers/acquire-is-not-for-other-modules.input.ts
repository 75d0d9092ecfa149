import { createServer as createHttp } from "node:http";
import { createServer as createTcp } from "node:net";
import { once } from "node:events";

export async function freePorts(): Promise<void> {
  const web = createHttp();
  const raw = createTcp();
  web.listen(0);
  raw.listen(0);
  await Promise.all([once(web, "listening"), once(raw, "listening")]);
  web.close();
  raw.close();
}
