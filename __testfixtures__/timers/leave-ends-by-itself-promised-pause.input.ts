import { promises } from "node:timers";
import { setTimeout } from "node:timers/promises";

export async function poll(isReady: () => boolean): Promise<void> {
  while (!isReady()) await setTimeout(100);
  await promises.setTimeout(10);
}
