export class Poller {
  #timer: NodeJS.Timeout | null = null;

  start(poll: () => void): void {
    this.stop();
    this.#timer = setInterval(poll, 500);
  }

  stop(): void {
    const timer = this.#timer;
    this.#timer = null;
    if (timer !== null) clearInterval(timer);
  }
}
