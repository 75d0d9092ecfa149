export function warnWhenSlow(work: Promise<void>, warn: () => void): void {
  const slow = new Promise<void>((resolve) => {
    setTimeout(() => resolve(warn()), 10_000);
  });
  void Promise.race([work, slow]);
}
