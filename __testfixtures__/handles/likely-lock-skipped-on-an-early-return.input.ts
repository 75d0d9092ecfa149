import { lock } from "proper-lockfile";

export async function upload(file: string, send: () => Promise<number>): Promise<boolean> {
  const unlock = await lock(file, { retries: 3 });
  const status = await send();
  if (status !== 200) return false;
  await unlock();
  return true;
}
