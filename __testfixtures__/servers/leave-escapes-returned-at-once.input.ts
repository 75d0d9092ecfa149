import http from "node:http";
import http2 from "node:http2";
import https from "node:https";
import net from "node:net";
import tls from "node:tls";
import { WebSocketServer } from "ws";

export const serverOf = (scheme: string): object => {
  if (scheme === "http:") return http.createServer();
  if (scheme === "https:") return https.createServer();
  if (scheme === "tls:") return tls.createServer();
  if (scheme === "h2:") return http2.createSecureServer();
  if (scheme === "h2c:") return http2.createServer();
  if (scheme === "ws:") return new WebSocketServer({ noServer: true });
  return net.createServer();
};
