import { request } from "node:https";
import { ResourceContext } from "resource-context";

export async function ping(url: string, answered: () => Promise<boolean>): Promise<boolean> {
  await using ctx = new ResourceContext();
  const asked = ctx.adopt(request(url, { method: "HEAD" }), (request) => request.destroy());
  asked.end();
  const isUp = await answered();
  asked.destroy();
  return isUp;
}
