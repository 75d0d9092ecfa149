import { createReadStream, createWriteStream } from "graceful-fs";

export async function copyUpper(from: string, to: string): Promise<void> {
  const output = createWriteStream(to);
  const input = createReadStream(from, "utf8");
  await new Promise((resolve) => output.once("open", resolve));
  for await (const chunk of input) output.write(String(chunk).toUpperCase());
  output.end();
}
