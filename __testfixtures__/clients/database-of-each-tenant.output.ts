import { DatabaseSync } from "node:sqlite";
import { ResourceContext } from "resource-context";

export async function migrate(files: readonly string[], run: (file: string) => Promise<void>): Promise<void> {
  for (const file of files) {
    await using ctx = new ResourceContext();
    const database = ctx.use(new DatabaseSync(file));
    await run(file);
    database.close();
  }
}
