import tempy, { temporaryDirectory } from "tempy";

export async function diff(run: (left: string, right: string) => Promise<string>): Promise<string> {
  const left = tempy.directory();
  const right = temporaryDirectory();
  const text = await run(left, right);
  return text.trim();
}
