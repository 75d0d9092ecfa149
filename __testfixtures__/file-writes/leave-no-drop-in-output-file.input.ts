import { outputFile, outputFileSync } from "fs-extra";

export async function saveLog(name: string, lines: string[]): Promise<void> {
  outputFileSync(`logs/${name}.count`, String(lines.length));
  await outputFile(`logs/${name}.log`, lines.join("\n"));
}
