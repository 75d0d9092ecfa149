import { Terminal } from "@xterm/headless";

export async function open(banner: () => Promise<string>): Promise<Terminal> {
  const screen = new Terminal();
  screen.write(await banner());
  return screen;
}
