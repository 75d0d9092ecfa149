import { dirSync, fileSync } from "tmp";

export async function check(run: (file: string) => Promise<void>): Promise<void> {
  const folder = dirSync();
  const file = fileSync();
  await run("check");
  file.removeCallback();
  folder.removeCallback();
}
