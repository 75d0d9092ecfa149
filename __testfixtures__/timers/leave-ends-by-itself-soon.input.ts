const pause = process.env.DEBUG ? 1 : 2 * 500;

export class Debounced {
  private pending: NodeJS.Timeout | undefined;

  constructor(private readonly flush: () => void) {}

  touch(): void {
    clearTimeout(this.pending);
    this.pending = setTimeout(() => this.flush(), pause);
  }
}

export async function fetchQuickly(url: string): Promise<string> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), 1_000);
  const response = await fetch(url, { signal: controller.signal });
  clearTimeout(timer);
  return await response.text();
}
