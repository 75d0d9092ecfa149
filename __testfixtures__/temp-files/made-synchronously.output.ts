import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ResourceContext } from "resource-context";

export async function checkOut(clone: (folder: string) => Promise<string>): Promise<string> {
  await using ctx = new ResourceContext();
  const folder = ctx.tempDir(fs.mkdtempSync(join(tmpdir(), "clone-")));
  const head = await clone(folder);
  fs.rmSync(folder, { recursive: true, force: true });
  return head;
}
