import { Client } from "pg";
import { createPool } from "mysql2/promise";

export async function open(): Promise<Client> {
  const client = new Client();
  await client.connect();
  return client;
}

export async function openPool(database: string) {
  const pool = createPool({ database });
  await pool.query("select 1");
  return pool;
}
