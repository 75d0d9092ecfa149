import { Agent, get } from "node:https";
import { ResourceContext } from "resource-context";

export async function warm(host: string, answered: () => Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  const agent = ctx.adopt(new Agent({ keepAlive: true }), (agent) => agent.destroy());
  get({ host, agent }).on("error", console.error);
  await answered();
  agent.destroy();
}
