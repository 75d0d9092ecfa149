export class Debouncer {
  private timeout: NodeJS.Timeout | undefined;

  delay(milliseconds: number, act: () => void): void {
    if (this.timeout) {
      clearTimeout(this.timeout);
    }
    this.timeout = setTimeout(act, milliseconds);
  }
}
