export class Heartbeat {
  #timer?: NodeJS.Timeout;
  #beats = 0;

  get isBeating(): boolean {
    return this.#timer !== undefined;
  }

  start(beat: (count: number) => void): void {
    this.#timer = setInterval(() => beat((this.#beats += 1)), 1000);
  }

  stop(): void {
    this.#beats = 0;
  }
}
