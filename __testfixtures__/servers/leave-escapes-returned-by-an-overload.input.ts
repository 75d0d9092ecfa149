import { createServer, type RequestListener, type Server } from "node:http";

export function serverFor(listener: RequestListener): Server;
export function serverFor(listener: RequestListener, timeout: number): Server;
export function serverFor(listener: RequestListener, timeout = 0): Server {
  return createServer({ requestTimeout: timeout }, listener);
}
