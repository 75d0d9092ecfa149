import { Server as ApiServer } from "node:https";
import { Server as SecureServer } from "node:tls";
import { createServer } from "restify";

export const api = new ApiServer();
export const raw = new SecureServer();
export const routes = createServer();
