import { type ClientRequest, request } from "node:http";
import { ResourceContext } from "resource-context";

export async function upload(url: string, body: () => Promise<string>): Promise<ClientRequest> {
  await using ctx = new ResourceContext();
  const asked = ctx.adopt(request(url, { method: "PUT" }), (request) => request.destroy());
  asked.setHeader("content-type", "text/plain");
  asked.write(await body());
  return ctx.disown(asked);
}
