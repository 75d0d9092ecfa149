import { open } from "node:fs/promises";
import { ResourceContext } from "resource-context";

for (const log of process.argv.slice(2)) {
  await using ctx = new ResourceContext();
  const handle = ctx.file(await open(log));
  const { size } = await handle.stat();
  console.log(size);
  await handle.close();
}
