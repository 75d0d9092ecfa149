const fs = process.getBuiltinModule("node:fs");

export function note(file: string, line: string): void {
  fs.writeFileSync(file, line, { flag: "a" });
}
