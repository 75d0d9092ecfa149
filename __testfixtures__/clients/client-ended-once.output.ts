import { Client } from "pg";
import { ResourceContext } from "resource-context";

export async function count(table: string): Promise<object> {
  await using ctx = new ResourceContext();
  const client = ctx.adopt(new Client(), (handle) => handle.end());
  await client.connect();
  const rows = await client.query(`select count(*) from ${table}`);
  await ctx.disown(client).end();
  return rows;
}
