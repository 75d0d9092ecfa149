import Database from "better-sqlite3";
import { DatabaseSync } from "node:sqlite";
import connectTo, { knex } from "knex";
import { Pool } from "pg";
import { createConnection } from "mysql2";
import { createConnection as connect } from "mysql2/promise";
import { PrismaClient } from "@prisma/client";

export async function migrate(file: string, run: () => Promise<void>): Promise<void> {
  const local = new Database(file);
  const builtIn = new DatabaseSync(file);
  const query = knex({ client: "pg" });
  const other = connectTo({ client: "sqlite3" });
  const pool = new Pool();
  const connection = createConnection({ database: "a" });
  const promised = await connect({ database: "b" });
  const prisma = new PrismaClient();
  await run();
  await prisma.$disconnect();
  promised.destroy();
  connection.destroy();
  await pool.end();
  await other.destroy();
  await query.destroy();
  builtIn.close();
  local.close();
}
