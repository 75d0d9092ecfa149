import { Terminal } from "@xterm/headless";

export class Screen {
  readonly #terminal = new Terminal();

  dispose(): void {
    this.#terminal.dispose();
  }
}
