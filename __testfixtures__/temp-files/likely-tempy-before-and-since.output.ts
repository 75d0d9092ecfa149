import tempy, { temporaryDirectory } from "tempy";
import { ResourceContext } from "resource-context";

export async function diff(run: (left: string, right: string) => Promise<string>): Promise<string> {
  await using ctx = new ResourceContext();
  const left = ctx.tempDir(tempy.directory());
  const right = ctx.tempDir(temporaryDirectory());
  const text = await run(left, right);
  return text.trim();
}
