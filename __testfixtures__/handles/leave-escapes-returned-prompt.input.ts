import { createInterface, type Interface } from "node:readline";

export function prompt(): Interface {
  return createInterface({ input: process.stdin, output: process.stdout });
}
