import { promises, mkdtempSync } from "node:fs";
import tempy, { temporaryDirectory } from "tempy";

export const makeFolder = (name: string): Promise<string> => promises.mkdtemp(`/tmp/${name}-`);

export function makeFolders(name: string): readonly string[] {
  if (name === "one") return [tempy.directory()];
  return [mkdtempSync(`/tmp/${name}-`), temporaryDirectory()];
}
