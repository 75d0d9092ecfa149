import dgram from "node:dgram";
import http2 from "node:http2";
import net from "node:net";
import tls from "node:tls";
import WebSocket, { WebSocket as Client } from "ws";

export function open(url: URL): object {
  if (url.protocol === "tls:") return tls.connect(443, url.host);
  if (url.protocol === "udp:") return dgram.createSocket("udp4");
  if (url.protocol === "h2:") return http2.connect(url);
  if (url.protocol === "ws:") return new WebSocket(url);
  if (url.protocol === "wss:") return new Client(url);
  if (url.protocol === "raw:") return new net.Socket();
  return net.createConnection(80, url.host);
}
