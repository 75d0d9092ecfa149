import { fork } from "node:child_process";
import { once } from "node:events";
import { ResourceContext } from "resource-context";

export async function resizeAll(images: readonly string[], check: (image: string) => Promise<void>) {
  for (const image of images) {
    await using ctx = new ResourceContext();
    const resizer = ctx.process(fork("./resize.js", [image]));
    await check(image);
    await once(resizer, "exit");
  }
}
