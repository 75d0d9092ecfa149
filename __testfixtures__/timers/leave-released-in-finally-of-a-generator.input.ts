export function* ticks(draw: () => void): Generator<number> {
  const timer = setInterval(draw, 1000);
  try {
    for (let tick = 0; tick < 10; tick++) yield tick;
  } finally {
    clearInterval(timer);
  }
}
