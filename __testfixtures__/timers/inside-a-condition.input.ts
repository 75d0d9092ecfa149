export async function convert(file: string, isVerbose: boolean, run: (file: string) => Promise<number>): Promise<number> {
  let timer: NodeJS.Timeout | undefined;
  if (isVerbose) timer = setInterval(() => console.log(`still converting ${file}`), 5000);
  const size = await run(file);
  if (timer) clearInterval(timer);
  return size;
}
