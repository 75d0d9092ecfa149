import tempy, { temporaryWrite, temporaryWriteSync } from "tempy";
import { ResourceContext } from "resource-context";

export async function check(text: string, run: (file: string) => Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  const written = ctx.tempFile(await temporaryWrite(text));
  const now = ctx.tempFile(temporaryWriteSync(text));
  const older = ctx.tempFile(await tempy.write(text));
  const oldest = ctx.tempFile(tempy.writeSync(text));
  await run(written);
  await run(now);
  await run(older);
  await run(oldest);
}
