import { spawn, type ChildProcess } from "node:child_process";

export async function connect<T>(Session: new (child: ChildProcess) => T, ready: () => Promise<void>): Promise<T> {
  const server = spawn("language-server", ["--stdio"]);
  const session = new Session(server);
  await ready();
  return session;
}
