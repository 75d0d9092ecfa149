import { writeFile } from "fs/promises";

async function atomicWriteFile(path: string, text: string): Promise<void> {
  await writeFile(path, text.trimEnd());
}

export const savePorts = (ports: number[]): Promise<void> => atomicWriteFile("ports.txt", ports.join("\n"));
