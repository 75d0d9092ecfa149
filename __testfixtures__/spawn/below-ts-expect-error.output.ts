import { spawn } from "node:child_process";
import { ResourceContext } from "resource-context";

export function serve(port: number, onExit: () => void): void {
  // @ts-expect-error: Node turns the number into a string
  const server = ResourceContext.root.process(spawn("serve", ["-l", port]));
  server.on("exit", onExit);
}
