import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export async function checkOut(clone: (folder: string) => Promise<string>): Promise<string> {
  const folder = fs.mkdtempSync(join(tmpdir(), "clone-"));
  const head = await clone(folder);
  fs.rmSync(folder, { recursive: true, force: true });
  return head;
}
