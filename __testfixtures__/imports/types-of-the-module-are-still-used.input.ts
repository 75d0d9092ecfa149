import * as fs from "fs";

export function save(path: fs.PathLike, text: string): void {
  fs.writeFileSync(path, text);
}
