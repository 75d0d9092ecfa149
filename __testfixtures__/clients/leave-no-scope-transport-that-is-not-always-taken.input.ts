import type { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";

export async function attach(client: Client, command: string, isOn: boolean): Promise<void> {
  const transport = new StdioClientTransport({ command });
  if (isOn) await client.connect(transport);
}
