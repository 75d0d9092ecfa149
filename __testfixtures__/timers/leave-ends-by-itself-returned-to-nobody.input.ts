export function connect(ask: (done: (error: Error | null) => unknown) => void): void {
  let retries = 0;
  const answered = (error: Error | null): unknown => {
    if (error === null) return console.log("connected");
    retries += 1;
    return setTimeout(() => ask(answered), 200 * retries);
  };
  ask(answered);
}
