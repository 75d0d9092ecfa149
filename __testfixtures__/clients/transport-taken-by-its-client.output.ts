import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { ResourceContext } from "resource-context";

export class Tools {
  private client: Client | undefined;

  async start(command: string): Promise<void> {
    this.client = new Client({ name: "tools", version: "1.0.0" });
    await using ctx = new ResourceContext();
    const transport = ctx.adopt(new StdioClientTransport({ command }), (connection) => connection.close());
    await this.client.connect(transport);
    ctx.disown(transport);
    console.log("tools: connected");
  }

  async stop(): Promise<void> {
    await this.client?.close();
  }
}
