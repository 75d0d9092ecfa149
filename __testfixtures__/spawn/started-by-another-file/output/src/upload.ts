import { encode } from "./index.js";
import { ResourceContext } from "resource-context";

export async function upload(file: string, send: (pid: number) => Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  const encoder = ctx.process(encode(file));
  await send(encoder.pid ?? 0);
  encoder.kill();
}
