import { setTimeout as delay } from "node:timers/promises";

export async function firstAnswer(urls: readonly string[], signal: AbortSignal): Promise<unknown> {
  return Promise.race([...urls.map((url) => fetch(url, { signal })), delay(60_000, null, { signal })]);
}
