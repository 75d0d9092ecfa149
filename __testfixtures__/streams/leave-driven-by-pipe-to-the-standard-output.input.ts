import { createReadStream } from "node:fs";

export function print(log: string): Promise<void> {
  const source = createReadStream(log);
  return new Promise((resolve, reject) => {
    source.on("error", reject).pipe(process.stdout).on("error", reject).on("finish", resolve);
  });
}
