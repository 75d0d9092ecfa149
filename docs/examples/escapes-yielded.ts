import { execFile } from "node:child_process";

export function* conversions(images: readonly string[]) {
  for (const image of images) yield execFile("convert", [image, `${image}.webp`]);
}
