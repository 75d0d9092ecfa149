import { spawn } from "node:child_process";
import { once } from "node:events";

export async function backUp(databases: readonly string[], log: (line: string) => Promise<void>) {
  const zip = spawn("gzip");
  await Promise.all(
    databases.map(async (name) => {
      const dump = spawn("pg_dump", [name]);
      await log(name);
      await once(dump, "close");
    }),
  );
  await once(zip, "close");
}
