import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";

interface Hub {
  connect(transport: StdioClientTransport): Promise<void>;
}

export async function attach(hub: Hub, command: string): Promise<void> {
  const transport = new StdioClientTransport({ command });
  await hub.connect(transport);
}
