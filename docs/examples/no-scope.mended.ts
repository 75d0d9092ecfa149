export async function ticks(draw: () => void, onTick: (tick: number) => Promise<void>): Promise<void> {
  const timer = setInterval(draw, 1000);
  try {
    for (let tick = 0; tick < 10; tick++) await onTick(tick);
  } finally {
    clearInterval(timer);
  }
}
