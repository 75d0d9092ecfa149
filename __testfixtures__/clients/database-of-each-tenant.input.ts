import { DatabaseSync } from "node:sqlite";

export async function migrate(files: readonly string[], run: (file: string) => Promise<void>): Promise<void> {
  for (const file of files) {
    const database = new DatabaseSync(file);
    await run(file);
    database.close();
  }
}
