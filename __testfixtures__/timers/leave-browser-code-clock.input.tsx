export function Clock({ id }: { id: string }): JSX.Element {
  const tick = (): void => void console.log(id, new Date().toISOString());
  setInterval(tick, 1000);
  return <time id={id} />;
}
