import { Terminal } from "@xterm/headless";

export async function draw(run: () => Promise<string>): Promise<void> {
  const screen = new Terminal();
  try {
    screen.write(await run());
  } finally {
    screen.dispose();
  }
}
