import { Terminal } from "@xterm/headless";
import { ResourceContext } from "resource-context";

export async function open(banner: () => Promise<string>): Promise<Terminal> {
  await using ctx = new ResourceContext();
  const screen = ctx.adopt(new Terminal(), (terminal) => terminal.dispose());
  screen.write(await banner());
  return ctx.disown(screen);
}
