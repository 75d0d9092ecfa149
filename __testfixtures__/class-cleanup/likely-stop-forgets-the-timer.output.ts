import { ResourceContext } from "resource-context";

export class Heartbeat {
  #resources = new ResourceContext();
  #timer?: NodeJS.Timeout;
  #beats = 0;

  get isBeating(): boolean {
    return this.#timer !== undefined;
  }

  start(beat: (count: number) => void): void {
    this.#timer = this.#resources.timer(setInterval(() => beat((this.#beats += 1)), 1000));
  }

  stop(): void {
    this.#beats = 0;
    const held = this.#resources;
    this.#resources = new ResourceContext();
    held.dispose();
  }
}
