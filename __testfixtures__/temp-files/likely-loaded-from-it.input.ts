import { mkdtemp } from "node:fs/promises";

export async function loadFresh(
  install: (folder: string) => Promise<void>,
  load: (file: string) => unknown,
  find: (folder: string) => string,
): Promise<unknown> {
  const sandbox = await mkdtemp("/tmp/sandbox-");
  await install(sandbox);
  return load(find(sandbox));
}
