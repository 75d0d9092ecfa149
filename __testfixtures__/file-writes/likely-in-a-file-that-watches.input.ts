import fs from "node:fs";

export function keepFormatted(path: string, format: (text: string) => string): void {
  fs.watch(path, () => {
    fs.writeFileSync(path, format(fs.readFileSync(path, "utf8")));
  });
}
