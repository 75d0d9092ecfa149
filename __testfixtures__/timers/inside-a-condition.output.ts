import { ResourceContext } from "resource-context";

export async function convert(file: string, isVerbose: boolean, run: (file: string) => Promise<number>): Promise<number> {
  let timer: NodeJS.Timeout | undefined;
  await using ctx = new ResourceContext();
  if (isVerbose) timer = ctx.timer(setInterval(() => console.log(`still converting ${file}`), 5000));
  const size = await run(file);
  if (timer) clearInterval(timer);
  return size;
}
