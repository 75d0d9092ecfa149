import { Client } from "pg";

export async function count(table: string): Promise<object> {
  const client = new Client();
  await client.connect();
  const rows = await client.query(`select count(*) from ${table}`);
  await client.end();
  return rows;
}
