import { Cluster, Redis } from "ioredis";
import { createPool } from "mysql2/promise";
import { ResourceContext } from "resource-context";

export async function check(run: () => Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  const nodes = ctx.adopt(new Cluster([]), (redis) => redis.status === "end" || redis.quit());
  const same = ctx.adopt(new Redis.Cluster([]), (redis) => redis.status === "end" || redis.quit());
  await run();
  await same.quit();
  await nodes.quit();
}

export async function count(sql: string): Promise<object> {
  await using pool = createPool({ database: "a" });
  await using ctx = new ResourceContext();
  const connection = ctx.adopt(await pool.getConnection(), (handle) => handle.release());
  const rows = await connection.query(sql);
  ctx.disown(connection).release();
  return rows;
}
