import { x } from "tinyexec";
import { ResourceContext } from "resource-context";

export function notify(command: string, done: (code: number) => void): void {
  const child = ResourceContext.root.process(x(command, ["--once"]));
  void child.then(({ exitCode }) => done(exitCode));
}
