export async function record(target: EventTarget, run: () => Promise<void>): Promise<readonly string[]> {
  const lines: string[] = [];
  const note = (event: Event): void => void lines.push(event.type, process.title);
  target.addEventListener("log", note, { capture: true });
  await run();
  target.removeEventListener("log", note, { capture: true });
  return lines;
}
