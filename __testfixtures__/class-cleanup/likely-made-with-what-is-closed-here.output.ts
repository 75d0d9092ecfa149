import { watch } from "node:fs";
import { ResourceContext } from "resource-context";

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
    await using ctx = new ResourceContext();
    const session = ctx.use(new Session(folder, watcher));
    await load();
    return ctx.disown(session);
  } catch (error) {
    watcher.close();
    throw error;
  }
}
