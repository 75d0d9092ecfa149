import { spawn } from "node:child_process";
import { once } from "node:events";
import { ResourceContext } from "resource-context";

export async function lintSchema(path: string, load: () => Promise<string>): Promise<void> {
  await using resources = new ResourceContext();
  const linter = resources.process(spawn("schema-lint", [path]));
  linter.stdin.end(await load());
  await once(linter, "exit");
}
