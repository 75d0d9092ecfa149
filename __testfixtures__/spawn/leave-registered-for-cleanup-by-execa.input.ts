import { execa } from "execa";

export function start(command: string): void {
  execa(command, ["--daemon"]).catch((error: Error) => console.error(error.message));
}
