import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";

export class Tools {
  private client: Client | undefined;

  async start(command: string): Promise<void> {
    this.client = new Client({ name: "tools", version: "1.0.0" });
    const transport = new StdioClientTransport({ command });
    await this.client.connect(transport);
    console.log("tools: connected");
  }

  async stop(): Promise<void> {
    await this.client?.close();
  }
}
