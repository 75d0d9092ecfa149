import { spawn } from "node:child_process";
import { once } from "node:events";

export async function backUp(uploaded: Promise<void>): Promise<void> {
  const child = spawn("pg_dump", ["--file", "app.sql", "app"]);
  await Promise.all([uploaded, once(child, "close")]);
}
