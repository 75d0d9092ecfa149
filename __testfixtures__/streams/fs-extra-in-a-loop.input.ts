import fs from "fs-extra";

export async function split(path: string, isEnd: (line: string) => Promise<boolean>): Promise<void> {
  const input = fs.createReadStream(path, "utf8");
  const output = fs.createWriteStream(`${path}.head`);
  if (await isEnd("")) throw new Error("nothing to split");
  for await (const line of input) output.write(line);
  output.end();
}
