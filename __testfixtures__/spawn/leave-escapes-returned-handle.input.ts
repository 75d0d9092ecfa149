import { fork, type ChildProcess } from "node:child_process";

export function startRenderer(script: string): ChildProcess {
  const renderer = fork(script);
  renderer.on("exit", (code) => console.log(`renderer: ${code}`));
  return renderer;
}
