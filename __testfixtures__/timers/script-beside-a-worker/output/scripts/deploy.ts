import { readFile } from "node:fs/promises";
import { ResourceContext } from "resource-context";

export async function deploy(bundle: string, send: (code: string) => Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  const beat = ctx.timer(setInterval(() => console.log("deploying"), 1000));
  await send(await readFile(bundle, "utf8"));
  clearInterval(beat);
}
