import type { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";

export async function attach(client: Client, command: string): Promise<void> {
  const transport = new StdioClientTransport({ command });
  await client.connect(transport);
}
