import { x } from "tinyexec";

export function notify(command: string, done: (code: number) => void): void {
  const child = x(command, ["--once"]);
  void child.then(({ exitCode }) => done(exitCode));
}
