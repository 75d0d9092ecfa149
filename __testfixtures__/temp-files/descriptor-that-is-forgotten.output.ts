import { fileSync } from "tmp";
import { ResourceContext } from "resource-context";

export async function upload(send: (path: string) => Promise<number>): Promise<number> {
  await using ctx = new ResourceContext();
  const log = ctx.adopt(fileSync(), (temporary) => temporary.removeCallback());
  const status = await send(log.name);
  log.removeCallback();
  return status;
}
