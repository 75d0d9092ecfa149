import type { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";

export function attach(client: Client, command: string): void {
  const transport = new StdioClientTransport({ command });
  void client.connect(transport).then(() => console.log("tools: connected"));
}
