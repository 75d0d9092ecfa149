import { dir, file } from "tmp-promise";

export async function unpack(run: (text: string) => Promise<void>): Promise<void> {
  const folder = await dir();
  const log = await file();
  await run("check");
  await log.cleanup();
  await folder.cleanup();
}
