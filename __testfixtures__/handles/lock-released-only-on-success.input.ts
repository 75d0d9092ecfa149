import lockfile, { lockSync } from "proper-lockfile";

export async function append(file: string, write: () => Promise<void>): Promise<void> {
  const release = await lockfile.lock(file);
  await write();
  await release();
}

export async function rotate(file: string, move: () => Promise<void>): Promise<void> {
  const release = lockSync(file);
  await move();
  release();
}
