import { Pool } from "pg";

export class Store {
  private readonly pool = new Pool();

  rows(table: string): Promise<object> {
    return this.pool.query(`select * from ${table}`);
  }

  async close(): Promise<void> {
    await this.pool.end();
  }
}
