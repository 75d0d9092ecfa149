import { spawn } from "node:child_process";
import { once } from "node:events";

export async function lintSchema(path: string, load: () => Promise<string>): Promise<void> {
  const linter = spawn("schema-lint", [path]);
  linter.stdin.end(await load());
  await once(linter, "exit");
}
