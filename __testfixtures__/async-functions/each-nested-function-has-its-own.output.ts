import { spawn } from "node:child_process";
import { once } from "node:events";
import { ResourceContext } from "resource-context";

export async function backUp(databases: readonly string[], log: (line: string) => Promise<void>) {
  const ctx = new ResourceContext();
  try {
    const zip = ctx.process(spawn("gzip"));
    await Promise.all(
      databases.map(async (name) => {
        const ctx = new ResourceContext();
        try {
          const dump = ctx.process(spawn("pg_dump", [name]));
          await log(name);
          await once(dump, "close");
        } finally {
          await ctx.disposeAsync();
        }
      }),
    );
    await once(zip, "close");
  } finally {
    await ctx.disposeAsync();
  }
}
