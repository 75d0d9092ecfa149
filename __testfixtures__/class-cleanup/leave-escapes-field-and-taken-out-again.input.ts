import { createWriteStream, type WriteStream } from "node:fs";

export class LogDump {
  #writer?: { stream: WriteStream; name: string };

  write(text: string): void {
    this.#writer?.stream.write(text);
  }

  async dump(name: string, fill: () => Promise<void>): Promise<void> {
    const { stream } = (this.#writer = { stream: createWriteStream(name), name });
    await fill();
    stream.end();
    this.#writer = undefined;
  }
}
