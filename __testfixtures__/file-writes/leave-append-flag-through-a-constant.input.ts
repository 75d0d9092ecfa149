import fs from "graceful-fs";

const append = { encoding: "utf8", flag: "a+" } as const;

export function logSync(path: string, line: string): void {
  fs.writeFileSync(path, `${line}\n`, append);
}

export function log(path: string, line: string, done: () => void): void {
  fs.writeFile(path, `${line}\n`, append, done);
}
