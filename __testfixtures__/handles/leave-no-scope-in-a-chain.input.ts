import { open } from "node:fs/promises";

export function printMode(path: string): void {
  open(path).then((file) => file.stat().then(({ mode }) => console.log(mode)));
}
