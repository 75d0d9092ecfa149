interface Pool {
  spawn(name: string): void;
  exec(command: string): string;
}

export function fill(pool: Pool, size: number): string {
  for (let i = 0; i < size; i++) pool.spawn(`worker-${i}`);
  return pool.exec("status");
}
