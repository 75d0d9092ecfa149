import { Terminal } from "@xterm/headless";
import { ResourceContext } from "resource-context";

export async function draw(run: (write: (line: string) => void) => Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  const screen = ctx.adopt(new Terminal({ cols: 80 }), (terminal) => terminal.dispose());
  await run((line) => screen.write(line));
  screen.dispose();
}
