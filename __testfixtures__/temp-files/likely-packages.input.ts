import tempy, { temporaryWrite, temporaryWriteSync } from "tempy";
import { dirSync, fileSync } from "tmp";

export async function check(text: string, run: (file: string) => Promise<void>): Promise<void> {
  const folder = dirSync();
  const file = fileSync();
  const written = await temporaryWrite(text);
  const now = temporaryWriteSync(text);
  const older = await tempy.write(text);
  const oldest = tempy.writeSync(text);
  for (const one of [written, now, older, oldest]) await run(one);
  await run(folder.name);
  await run(file.name);
}
