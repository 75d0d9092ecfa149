import type { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { ResourceContext } from "resource-context";

export async function attach(client: Client, command: string): Promise<void> {
  await using ctx = new ResourceContext();
  const transport = ctx.adopt(new StdioClientTransport({ command }), (connection) => connection.close());
  await client.connect(transport);
  ctx.disown(transport);
}
