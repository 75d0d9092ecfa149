import { atomicWriteFile } from "resource-context";

export async function saveSession(path: string, session: object): Promise<void> {
  await atomicWriteFile(path, JSON.stringify(session));
}
