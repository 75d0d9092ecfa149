import { spawn, type ChildProcess } from "node:child_process";

export async function race(commands: readonly string[], first: (ports: number) => Promise<void>): Promise<void> {
  const children = new Set<ChildProcess>();
  try {
    for (const command of commands) children.add(spawn(command));
    await first(commands.length);
  } finally {
    for (const child of [...children].reverse()) child.kill();
  }
}
