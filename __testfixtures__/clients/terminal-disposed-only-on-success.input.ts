import { Terminal } from "@xterm/headless";

export async function draw(run: (write: (line: string) => void) => Promise<void>): Promise<void> {
  const screen = new Terminal({ cols: 80 });
  await run((line) => screen.write(line));
  screen.dispose();
}
