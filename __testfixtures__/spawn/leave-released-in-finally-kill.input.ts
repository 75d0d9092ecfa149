import { spawn } from "node:child_process";

export async function withDatabase(port: number, use: () => Promise<void>): Promise<void> {
  const database = spawn("postgres", ["-p", String(port)]);
  try {
    await use();
  } finally {
    database.kill();
  }
}
