import tempy, { temporaryWrite, temporaryWriteSync } from "tempy";

export async function check(text: string, run: (file: string) => Promise<void>): Promise<void> {
  const written = await temporaryWrite(text);
  const now = temporaryWriteSync(text);
  const older = await tempy.write(text);
  const oldest = tempy.writeSync(text);
  await run(written);
  await run(now);
  await run(older);
  await run(oldest);
}
