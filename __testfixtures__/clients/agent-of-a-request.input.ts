import { Agent, get } from "node:https";

export async function warm(host: string, answered: () => Promise<void>): Promise<void> {
  const agent = new Agent({ keepAlive: true });
  get({ host, agent }).on("error", console.error);
  await answered();
  agent.destroy();
}
