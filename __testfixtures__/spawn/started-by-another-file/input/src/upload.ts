import { encode } from "./index.js";

export async function upload(file: string, send: (pid: number) => Promise<void>): Promise<void> {
  const encoder = encode(file);
  await send(encoder.pid ?? 0);
  encoder.kill();
}
