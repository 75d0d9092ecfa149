import { setInterval } from "node:timers/promises";

export async function poll(isReady: () => boolean): Promise<void> {
  for await (const _ of setInterval(100)) if (isReady()) break;
}
