import { Terminal } from "@xterm/headless";

export async function drawAll(commands: readonly string[], run: (command: string) => Promise<string>): Promise<void> {
  for (const command of commands) {
    const screen = new Terminal();
    screen.write(await run(command));
    screen.dispose();
  }
}
