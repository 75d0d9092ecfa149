import { join } from "node:path";
import { atomicWriteFile } from "resource-context";

export class Store {
  constructor(private readonly folder: string) {}

  save = async (key: string, value: unknown): Promise<void> =>
    atomicWriteFile(join(this.folder, `${key}.json`), JSON.stringify(value));
}
