import { ResourceContext } from "resource-context";

export async function record(target: EventTarget, run: () => Promise<void>): Promise<readonly string[]> {
  const lines: string[] = [];
  const note = (event: Event): void => void lines.push(event.type, process.title);
  await using ctx = new ResourceContext();
  target.addEventListener("log", note, { capture: true });
  ctx.defer(() => target.removeEventListener("log", note, { capture: true }));
  await run();
  target.removeEventListener("log", note, { capture: true });
  return lines;
}
