import fs from "fs-extra";
import { ResourceContext } from "resource-context";

export async function split(path: string, isEnd: (line: string) => Promise<boolean>): Promise<void> {
  await using ctx = new ResourceContext();
  const input = ctx.stream(fs.createReadStream(path, "utf8"));
  const output = ctx.stream(fs.createWriteStream(`${path}.head`));
  if (await isEnd("")) throw new Error("nothing to split");
  for await (const line of input) output.write(line);
  output.end();
}
