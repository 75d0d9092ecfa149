import { Pool } from "pg";

export function makePool(releasers: (() => Promise<void>)[], check: (pool: number) => void): Pool {
  const pool = new Pool();
  releasers.push(() => pool.end());
  check(releasers.length);
  return pool;
}
