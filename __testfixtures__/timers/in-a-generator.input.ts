export function* ticks(draw: () => void): Generator<number> {
  const timer = setInterval(draw, 1000);
  for (let tick = 0; tick < 10; tick++) yield tick;
  clearInterval(timer);
}
