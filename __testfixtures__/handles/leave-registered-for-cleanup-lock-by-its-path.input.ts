import { lock, unlock } from "proper-lockfile";

export async function append(file: string, write: () => Promise<void>): Promise<void> {
  await lock(file);
  await write();
  await unlock(file);
}
