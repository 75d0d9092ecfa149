import tempy, { temporaryWrite, temporaryWriteSync } from "tempy";
import { dirSync, fileSync } from "tmp";
import { ResourceContext } from "resource-context";

export async function check(text: string, run: (file: string) => Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  const folder = ctx.adopt(dirSync(), (temporary) => temporary.removeCallback());
  const file = ctx.adopt(fileSync(), (temporary) => temporary.removeCallback());
  const written = ctx.tempFile(await temporaryWrite(text));
  const now = ctx.tempFile(temporaryWriteSync(text));
  const older = ctx.tempFile(await tempy.write(text));
  const oldest = ctx.tempFile(tempy.writeSync(text));
  for (const one of [written, now, older, oldest]) await run(one);
  await run(folder.name);
  await run(file.name);
}
