import { atomicWriteFileSync } from "resource-context";

export const saveLog = (path: string, lines: string[]): void => atomicWriteFileSync(path, lines.join("\n"));
