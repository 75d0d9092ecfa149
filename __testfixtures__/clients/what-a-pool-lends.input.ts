import { connect } from "amqplib";
import { Pool } from "pg";
import { Database } from "sqlite3";

const pool = new Pool();
process.once("exit", () => void pool.end());

export async function lend(file: string, url: string): Promise<void> {
  const client = await pool.connect();
  const broker = await connect(url);
  const database = new Database(file);
  await client.query("select 1");
  database.close();
  await broker.close();
  client.release();
}
