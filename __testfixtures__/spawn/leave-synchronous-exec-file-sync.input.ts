import * as cp from "node:child_process";

export function imageSize(image: string): string {
  return cp.execFileSync("identify", ["-format", "%wx%h", image]).toString();
}
