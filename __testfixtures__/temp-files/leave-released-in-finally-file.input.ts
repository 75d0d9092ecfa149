import { file } from "tmp-promise";

export async function upload(send: (path: string) => Promise<number>): Promise<number> {
  const copy = await file();
  try {
    return await send(copy.path);
  } finally {
    await copy.cleanup();
  }
}
