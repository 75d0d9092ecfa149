import { ResourceContext } from "resource-context";

export function* ticks(draw: () => void): Generator<number> {
  using ctx = new ResourceContext();
  const timer = ctx.timer(setInterval(draw, 1000));
  for (let tick = 0; tick < 10; tick++) yield tick;
  clearInterval(timer);
}
