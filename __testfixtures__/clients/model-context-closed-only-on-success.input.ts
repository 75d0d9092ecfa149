import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { SSEClientTransport } from "@modelcontextprotocol/sdk/client/sse.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { WebSocketClientTransport } from "@modelcontextprotocol/sdk/client/websocket.js";

export async function probe(url: URL, wait: () => Promise<void>): Promise<void> {
  const client = new Client({ name: "probe", version: "1.0.0" });
  const stdio = new StdioClientTransport({ command: "server" });
  const events = new SSEClientTransport(url);
  const http = new StreamableHTTPClientTransport(url);
  const socket = new WebSocketClientTransport(url);
  await wait();
  await socket.close();
  await http.close();
  await events.close();
  await stdio.close();
  await client.close();
}
