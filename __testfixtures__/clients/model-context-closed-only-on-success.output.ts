import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { SSEClientTransport } from "@modelcontextprotocol/sdk/client/sse.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { WebSocketClientTransport } from "@modelcontextprotocol/sdk/client/websocket.js";
import { ResourceContext } from "resource-context";

export async function probe(url: URL, wait: () => Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  const client = ctx.adopt(new Client({ name: "probe", version: "1.0.0" }), (connection) => connection.close());
  const stdio = ctx.adopt(new StdioClientTransport({ command: "server" }), (connection) => connection.close());
  const events = ctx.adopt(new SSEClientTransport(url), (connection) => connection.close());
  const http = ctx.adopt(new StreamableHTTPClientTransport(url), (connection) => connection.close());
  const socket = ctx.adopt(new WebSocketClientTransport(url), (connection) => connection.close());
  await wait();
  await socket.close();
  await http.close();
  await events.close();
  await stdio.close();
  await client.close();
}
