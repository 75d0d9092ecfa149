import { open } from "node:fs/promises";

for (const log of process.argv.slice(2)) {
  const handle = await open(log);
  const { size } = await handle.stat();
  console.log(size);
  await handle.close();
}
