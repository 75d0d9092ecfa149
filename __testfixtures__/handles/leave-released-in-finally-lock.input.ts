import { lock, lockSync } from "proper-lockfile";

export async function append(file: string, write: () => Promise<void>): Promise<void> {
  const release = await lock(file);
  try {
    await write();
  } finally {
    await release();
  }
}

export function rotate(file: string, move: () => void): void {
  const release = lockSync(file);
  try {
    move();
  } finally {
    release();
  }
}
