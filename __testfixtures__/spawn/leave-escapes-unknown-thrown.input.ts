import { spawn } from "node:child_process";

/** The catcher talks to the child that could not be reused. */
export function reuse(children: readonly string[]): string {
  const [first] = children;
  if (first === undefined) throw spawn("cat");
  return first;
}
