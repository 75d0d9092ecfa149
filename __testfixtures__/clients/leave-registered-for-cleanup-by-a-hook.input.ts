import { Pool } from "pg";

interface App {
  addHook(event: "onClose", run: () => Promise<void>): void;
}

export async function connect(app: App, migrate: () => Promise<void>): Promise<void> {
  const pool = new Pool();
  app.addHook("onClose", () => pool.end());
  await migrate();
}
