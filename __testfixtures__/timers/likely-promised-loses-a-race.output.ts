import { setTimeout as delay } from "node:timers/promises";
import { ResourceContext } from "resource-context";

export async function download(url: string, patience: number): Promise<Response> {
  await using ctx = new ResourceContext();
  const first = await Promise.race([fetch(url), delay(patience, null, { signal: ctx.signal })]);
  if (first === null) throw new Error(`${url} does not answer`);
  return first;
}

export async function downloadAll(urls: readonly string[], stopped: Promise<void>): Promise<void> {
  for (const url of urls) {
    await using ctx = new ResourceContext();
    await Promise.race([fetch(url), delay(60_000, undefined, { signal: ctx.signal }), stopped]);
  }
}
