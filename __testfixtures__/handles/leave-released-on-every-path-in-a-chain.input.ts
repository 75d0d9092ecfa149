import { open } from "node:fs/promises";

export function textOf(log: string): Promise<string> {
  return open(log).then((handle) => handle.readFile("utf8").finally(() => handle.close()));
}
