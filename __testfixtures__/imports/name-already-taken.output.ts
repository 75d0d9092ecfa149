import { atomicWriteFile as atomicWriteFile2 } from "resource-context";

async function atomicWriteFile(path: string, text: string): Promise<void> {
  await atomicWriteFile2(path, text.trimEnd());
}

export const savePorts = (ports: number[]): Promise<void> => atomicWriteFile("ports.txt", ports.join("\n"));
