import { spawn } from "node:child_process";
import { buffer } from "node:stream/consumers";

export async function thumbnail(image: string): Promise<Buffer> {
  const convert = spawn("convert", [image, "-thumbnail", "64", "png:-"]);
  return buffer(convert.stdout);
}
