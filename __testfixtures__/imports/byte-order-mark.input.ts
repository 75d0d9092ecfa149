import fs from "fs";

export const saveLog = (path: string, lines: string[]): void => fs.writeFileSync(path, lines.join("\n"));
