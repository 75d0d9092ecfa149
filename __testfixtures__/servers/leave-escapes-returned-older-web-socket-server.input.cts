import WebSocket = require("ws");

export function open(port: number): WebSocket.Server {
  return new WebSocket.Server({ port });
}
