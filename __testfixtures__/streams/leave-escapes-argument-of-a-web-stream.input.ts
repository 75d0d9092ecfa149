import { createReadStream } from "node:fs";
import { Readable } from "node:stream";

export async function page(file: string, isOpen: (file: string) => Promise<void>): Promise<Response | undefined> {
  const stream = createReadStream(file);
  try {
    await isOpen(file);
    return new Response(Readable.toWeb(stream) as ReadableStream);
  } catch {
    stream.destroy();
  }
  return undefined;
}
