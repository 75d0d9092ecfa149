import fs from "fs-extra";
import os from "node:os";
import path from "node:path";

export async function dump(request: object): Promise<void> {
  await fs.promises.writeFile(path.join(os.tmpdir(), "request.json"), JSON.stringify(request));
}
