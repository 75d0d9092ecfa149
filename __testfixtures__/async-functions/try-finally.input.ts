import { spawn } from "node:child_process";
import { once } from "node:events";

export async function migrate(url: string, check: () => Promise<void>): Promise<number | null> {
  console.log(`migrating ${url}`);
  const migration = spawn("migrate", ["--url", url]);

  await check();
  const [code] = await once(migration, "close");
  return code;
}
