import { once } from "node:events";
import { spawn } from "node:child_process";
import { ResourceContext } from "resource-context";

export const uploads = (logs: readonly string[]) =>
  Promise.all(logs.map(async (log) => once(ResourceContext.root.process(spawn("upload", [log])), "close")));
