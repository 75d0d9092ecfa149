import { createReadStream, createWriteStream } from "node:fs";

export function copy(log: string, note: (text: string) => void): void {
  const source = createReadStream(log);
  const target = createWriteStream(`${log}.old`);
  source.pipe(target).on("finish", () => note("copied"));
}
