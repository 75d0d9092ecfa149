import { createPool } from "mysql2/promise";

export async function count(sql: string): Promise<object> {
  const pool = createPool({ database: "a" });
  try {
    const connection = await pool.getConnection();
    try {
      return await connection.query(sql);
    } finally {
      connection.release();
    }
  } finally {
    await pool.end();
  }
}
