import { promises as fs } from "graceful-fs";

export async function header(file: string, parse: (text: string) => Promise<string>): Promise<string> {
  const handle = await fs.open(file, "r");
  const text = await parse(await handle.readFile("utf8"));
  await handle.close();
  return text;
}
