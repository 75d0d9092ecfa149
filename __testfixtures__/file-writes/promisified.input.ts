import fs from "fs";
import { promisify } from "util";

const writeFile = promisify(fs.writeFile);

export async function saveSession(path: string, session: object): Promise<void> {
  await writeFile(path, JSON.stringify(session));
}
