import { setTimeout as delay } from "node:timers/promises";

export async function download(url: string, patience: number): Promise<Response> {
  const first = await Promise.race([fetch(url), delay(patience, null)]);
  if (first === null) throw new Error(`${url} does not answer`);
  return first;
}

export async function downloadAll(urls: readonly string[], stopped: Promise<void>): Promise<void> {
  for (const url of urls) {
    await Promise.race([fetch(url), delay(60_000), stopped]);
  }
}
