import { spawn } from "node:child_process";
import { once } from "node:events";
import { ResourceContext } from "resource-context";

export async function migrate(url: string, check: () => Promise<void>): Promise<number | null> {
  console.log(`migrating ${url}`);
  const ctx = new ResourceContext();
  try {
    const migration = ctx.process(spawn("migrate", ["--url", url]));

    await check();
    const [code] = await once(migration, "close");
    return code;
  } finally {
    await ctx.disposeAsync();
  }
}
