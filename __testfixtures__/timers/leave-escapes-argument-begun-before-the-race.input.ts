import { setTimeout as delay } from "node:timers/promises";

export async function download(url: string): Promise<Response | undefined> {
  return Promise.race([delay(60_000, undefined), fetch(new URL(url))]);
}
