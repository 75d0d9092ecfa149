import { mkdtemp } from "node:fs/promises";
import { ResourceContext } from "resource-context";

export async function loadFresh(
  install: (folder: string) => Promise<void>,
  load: (file: string) => unknown,
  find: (folder: string) => string,
): Promise<unknown> {
  const sandbox = ResourceContext.root.tempDir(await mkdtemp("/tmp/sandbox-"));
  await install(sandbox);
  return load(find(sandbox));
}
