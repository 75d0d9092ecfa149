// Resources of one function: whatever happens in it, they are released at its end, the last one first.
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { ResourceContext } from "resource-context";

export async function countWords(text: string): Promise<number> {
  await using ctx = new ResourceContext();
  const file = ctx.tempFile({ suffix: ".txt" });
  await writeFile(file, text);
  const child = ctx.spawn("wc", ["-w", file], { stdio: ["ignore", "pipe", "inherit"] });
  const [output] = await once(child.stdout, "data");
  return Number.parseInt(String(output), 10);
} // wc has ended, and the file is gone

console.log(await countWords("a place for everything"));
