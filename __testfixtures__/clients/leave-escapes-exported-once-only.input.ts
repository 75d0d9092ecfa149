import { connect } from "amqplib";
import { Pool } from "pg";
import { Database } from "sqlite3";

export const pool = new Pool();
export const client = await pool.connect();
export const broker = await connect("amqp://localhost");
export const database = new Database("a.db");
