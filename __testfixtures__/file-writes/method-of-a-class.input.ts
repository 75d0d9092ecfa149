import { promises as fsp } from "node:fs";
import { join } from "node:path";

export class Store {
  constructor(private readonly folder: string) {}

  save = async (key: string, value: unknown): Promise<void> =>
    fsp.writeFile(join(this.folder, `${key}.json`), JSON.stringify(value));
}
