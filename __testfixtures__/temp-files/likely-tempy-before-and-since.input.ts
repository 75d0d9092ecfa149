import tempy, { temporaryDirectory } from "tempy";

export async function diff(run: (left: string, right: string) => Promise<string>): Promise<string> {
  const left = tempy.directory();
  const right = temporaryDirectory();
  return await run(left, right);
}
