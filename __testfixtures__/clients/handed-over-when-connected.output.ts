import { Client } from "pg";
import { createPool } from "mysql2/promise";
import { ResourceContext } from "resource-context";

export async function open(): Promise<Client> {
  await using ctx = new ResourceContext();
  const client = ctx.adopt(new Client(), (handle) => handle.end());
  await client.connect();
  return ctx.disown(client);
}

export async function openPool(database: string) {
  await using ctx = new ResourceContext();
  const pool = ctx.adopt(createPool({ database }), (handle) => handle.end());
  await pool.query("select 1");
  return ctx.disown(pool);
}
