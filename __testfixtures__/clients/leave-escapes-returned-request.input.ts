import type { ClientRequest } from "node:http";
import { request } from "node:https";

export function upload(url: string): ClientRequest {
  return request(url, { method: "PUT" });
}
