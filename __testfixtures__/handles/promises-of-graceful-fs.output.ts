import { promises as fs } from "graceful-fs";
import { ResourceContext } from "resource-context";

export async function header(file: string, parse: (text: string) => Promise<string>): Promise<string> {
  await using ctx = new ResourceContext();
  const handle = ctx.file(await fs.open(file, "r"));
  const text = await parse(await handle.readFile("utf8"));
  await handle.close();
  return text;
}
