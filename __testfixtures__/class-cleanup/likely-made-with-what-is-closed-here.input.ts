import { watch } from "node:fs";

class Session {
  constructor(
    readonly folder: string,
    readonly sources: { close(): void },
  ) {}

  async [Symbol.asyncDispose](): Promise<void> {
    this.sources.close();
  }
}

export async function openSession(folder: string, load: () => Promise<void>): Promise<Session> {
  const watcher = watch(folder);
  try {
    const session = new Session(folder, watcher);
    await load();
    return session;
  } catch (error) {
    watcher.close();
    throw error;
  }
}
