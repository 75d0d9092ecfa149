import { fork } from "node:child_process";
import { once } from "node:events";

export async function resizeAll(images: readonly string[], check: (image: string) => Promise<void>) {
  for (const image of images) {
    const resizer = fork("./resize.js", [image]);
    await check(image);
    await once(resizer, "exit");
  }
}
