export function collectStatistics(sample: () => void): void {
  const timer = setInterval(sample, 10_000);
  timer.unref();
}
