import { request } from "node:http";

export async function ping(url: string, answered: () => Promise<boolean>): Promise<boolean> {
  const asked = request(url);
  try {
    asked.end();
    return await answered();
  } finally {
    asked.destroy();
  }
}
