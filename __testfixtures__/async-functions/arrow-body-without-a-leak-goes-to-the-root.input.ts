import { once } from "node:events";
import { spawn } from "node:child_process";

export const uploads = (logs: readonly string[]) =>
  Promise.all(logs.map(async (log) => once(spawn("upload", [log]), "close")));
