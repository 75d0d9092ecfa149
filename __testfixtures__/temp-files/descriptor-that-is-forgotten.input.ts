import { fileSync } from "tmp";

export async function upload(send: (path: string) => Promise<number>): Promise<number> {
  const log = fileSync();
  const status = await send(log.name);
  log.removeCallback();
  return status;
}
