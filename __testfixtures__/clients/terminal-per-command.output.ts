import { Terminal } from "@xterm/headless";
import { ResourceContext } from "resource-context";

export async function drawAll(commands: readonly string[], run: (command: string) => Promise<string>): Promise<void> {
  for (const command of commands) {
    await using ctx = new ResourceContext();
    const screen = ctx.adopt(new Terminal(), (terminal) => terminal.dispose());
    screen.write(await run(command));
    screen.dispose();
  }
}
