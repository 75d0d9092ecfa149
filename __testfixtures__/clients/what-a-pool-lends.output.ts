import { connect } from "amqplib";
import { Pool } from "pg";
import { ResourceContext } from "resource-context";
import { Database } from "sqlite3";

const pool = new Pool();
process.once("exit", () => void pool.end());

export async function lend(file: string, url: string): Promise<void> {
  await using ctx = new ResourceContext();
  const client = ctx.adopt(await pool.connect(), (handle) => handle.release());
  const broker = ctx.adopt(await connect(url), (handle) => handle.close());
  const database = ctx.adopt(new Database(file), (handle) => handle.close());
  await client.query("select 1");
  ctx.disown(database).close();
  await ctx.disown(broker).close();
  ctx.disown(client).release();
}
