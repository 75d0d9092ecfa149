import { readFile } from "node:fs/promises";

/** Nothing between the timer and `try` throws: the signal of the caller is only joined with the own one. */
export async function download(url: string, limit: number, signal?: AbortSignal): Promise<Response> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), limit);
  if (signal?.aborted) controller.abort();
  else signal?.addEventListener("abort", () => controller.abort(), { once: true });
  try {
    return await fetch(url, { signal: controller.signal });
  } finally {
    clearTimeout(timer);
  }
}

export async function upload(url: string, file: string, signal: AbortSignal): Promise<Response> {
  const body = await readFile(file);
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), 60_000);
  const cancel = () => controller.abort();
  if (signal.aborted) cancel();
  else signal.addEventListener("abort", cancel, { once: true });
  try {
    return await fetch(url, { method: "PUT", body, signal: controller.signal });
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", cancel);
  }
}
