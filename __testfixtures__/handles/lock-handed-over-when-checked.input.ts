import { lock } from "proper-lockfile";

export async function acquire(file: string, check: () => Promise<void>): Promise<() => Promise<void>> {
  const release = await lock(file);
  await check();
  return release;
}
