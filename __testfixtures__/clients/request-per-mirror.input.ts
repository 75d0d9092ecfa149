import { get } from "node:http";

export async function fastest(mirrors: readonly string[], wait: (mirror: string) => Promise<void>): Promise<void> {
  for (const mirror of mirrors) {
    const asked = get(mirror, { timeout: 500 });
    await wait(mirror);
    asked.destroy();
  }
}
