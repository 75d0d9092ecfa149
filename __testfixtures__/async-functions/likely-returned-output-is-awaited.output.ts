import { spawn } from "node:child_process";
import { buffer } from "node:stream/consumers";
import { ResourceContext } from "resource-context";

export async function thumbnail(image: string): Promise<Buffer> {
  await using ctx = new ResourceContext();
  const convert = ctx.process(spawn("convert", [image, "-thumbnail", "64", "png:-"]));
  return await buffer(convert.stdout);
}
