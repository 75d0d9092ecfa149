import { readFile } from "node:fs/promises";

export async function deploy(bundle: string, send: (code: string) => Promise<void>): Promise<void> {
  const beat = setInterval(() => console.log("deploying"), 1000);
  await send(await readFile(bundle, "utf8"));
  clearInterval(beat);
}
