import { request } from "node:https";

export async function ping(url: string, answered: () => Promise<boolean>): Promise<boolean> {
  const asked = request(url, { method: "HEAD" });
  asked.end();
  const isUp = await answered();
  asked.destroy();
  return isUp;
}
