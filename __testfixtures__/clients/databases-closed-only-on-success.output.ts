import Database from "better-sqlite3";
import { DatabaseSync } from "node:sqlite";
import connectTo, { knex } from "knex";
import { Pool } from "pg";
import { createConnection } from "mysql2";
import { createConnection as connect } from "mysql2/promise";
import { PrismaClient } from "@prisma/client";
import { ResourceContext } from "resource-context";

export async function migrate(file: string, run: () => Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  const local = ctx.adopt(new Database(file), (database) => database.close());
  const builtIn = ctx.use(new DatabaseSync(file));
  const query = ctx.adopt(knex({ client: "pg" }), (database) => database.destroy());
  const other = ctx.adopt(connectTo({ client: "sqlite3" }), (database) => database.destroy());
  const pool = ctx.adopt(new Pool(), (handle) => handle.end());
  const connection = ctx.adopt(createConnection({ database: "a" }), (connection) => connection.destroy());
  const promised = ctx.adopt(await connect({ database: "b" }), (connection) => connection.destroy());
  const prisma = ctx.adopt(new PrismaClient(), (client) => client.$disconnect());
  await run();
  await prisma.$disconnect();
  promised.destroy();
  connection.destroy();
  await ctx.disown(pool).end();
  await other.destroy();
  await query.destroy();
  builtIn.close();
  local.close();
}
