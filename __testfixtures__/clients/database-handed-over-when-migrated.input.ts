import Database from "better-sqlite3";

export async function open(file: string, migrate: () => Promise<string>): Promise<Database> {
  const database = new Database(file);
  database.exec(await migrate());
  return database;
}
