import fs from "node:fs";
import { promisify } from "node:util";

const writeFile = promisify(fs.writeFile);

export async function audit(line: string): Promise<void> {
  await writeFile("audit.log", `${line}\n`, { flag: "a" });
}
