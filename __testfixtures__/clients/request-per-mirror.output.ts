import { get } from "node:http";
import { ResourceContext } from "resource-context";

export async function fastest(mirrors: readonly string[], wait: (mirror: string) => Promise<void>): Promise<void> {
  for (const mirror of mirrors) {
    await using ctx = new ResourceContext();
    const asked = ctx.adopt(get(mirror, { timeout: 500 }), (request) => request.destroy());
    await wait(mirror);
    asked.destroy();
  }
}
