export class UploadAnswer {
  #waiting?: { timer: NodeJS.Timeout; resolve: (answer: string) => void };

  wait(): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#waiting = { timer: setTimeout(() => reject(new Error("no answer")), 30_000), resolve };
    });
  }

  answer(text: string): void {
    if (this.#waiting === undefined) return;
    clearTimeout(this.#waiting.timer);
    this.#waiting.resolve(text);
  }
}
