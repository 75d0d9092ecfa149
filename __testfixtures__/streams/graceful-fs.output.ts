import { createReadStream, createWriteStream } from "graceful-fs";
import { ResourceContext } from "resource-context";

export async function copyUpper(from: string, to: string): Promise<void> {
  await using ctx = new ResourceContext();
  const output = ctx.stream(createWriteStream(to));
  const input = ctx.stream(createReadStream(from, "utf8"));
  await new Promise((resolve) => output.once("open", resolve));
  for await (const chunk of input) output.write(String(chunk).toUpperCase());
  output.end();
}
