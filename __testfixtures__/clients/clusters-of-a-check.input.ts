import { Cluster, Redis } from "ioredis";
import { createPool } from "mysql2/promise";

export async function check(run: () => Promise<void>): Promise<void> {
  const nodes = new Cluster([]);
  const same = new Redis.Cluster([]);
  await run();
  await same.quit();
  await nodes.quit();
}

export async function count(sql: string): Promise<object> {
  await using pool = createPool({ database: "a" });
  const connection = await pool.getConnection();
  const rows = await connection.query(sql);
  connection.release();
  return rows;
}
