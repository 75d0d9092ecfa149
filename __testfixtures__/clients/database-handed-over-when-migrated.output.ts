import Database from "better-sqlite3";
import { ResourceContext } from "resource-context";

export async function open(file: string, migrate: () => Promise<string>): Promise<Database> {
  await using ctx = new ResourceContext();
  const database = ctx.adopt(new Database(file), (database) => database.close());
  database.exec(await migrate());
  return ctx.disown(database);
}
