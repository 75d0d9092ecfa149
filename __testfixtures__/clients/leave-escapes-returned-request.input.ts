import { type ClientRequest, request } from "node:https";

export function upload(url: string): ClientRequest {
  return request(url, { method: "PUT" });
}
