import { type ClientRequest, request } from "node:http";

export async function upload(url: string, body: () => Promise<string>): Promise<ClientRequest> {
  const asked = request(url, { method: "PUT" });
  asked.setHeader("content-type", "text/plain");
  asked.write(await body());
  return asked;
}
