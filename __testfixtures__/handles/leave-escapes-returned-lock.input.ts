import { lock } from "proper-lockfile";

export async function acquire(file: string): Promise<() => Promise<void>> {
  return lock(file, { stale: 5000 });
}
