import { DatabaseSync } from "node:sqlite";

export async function migrate(file: string, run: () => Promise<void>): Promise<void> {
  const database = new DatabaseSync(file);
  try {
    await run();
  } finally {
    database.close();
  }
}
