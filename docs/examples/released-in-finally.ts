export async function withSpinner(draw: () => void, work: () => Promise<void>): Promise<void> {
  const spinner = setInterval(draw, 80);
  try {
    await work();
  } finally {
    clearInterval(spinner);
  }
}
