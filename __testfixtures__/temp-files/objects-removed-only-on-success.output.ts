import { dirSync, fileSync } from "tmp";
import { ResourceContext } from "resource-context";

export async function check(run: (file: string) => Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  const folder = ctx.adopt(dirSync(), (temporary) => temporary.removeCallback());
  const file = ctx.adopt(fileSync(), (temporary) => temporary.removeCallback());
  await run("check");
  file.removeCallback();
  folder.removeCallback();
}
