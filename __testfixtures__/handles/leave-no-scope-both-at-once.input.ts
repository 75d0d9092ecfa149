import { open } from "node:fs/promises";

export async function areEqual(left: string, right: string): Promise<boolean> {
  const [a, b] = await Promise.all([open(left), open(right)]);
  const equal = (await a.readFile()).equals(await b.readFile());
  await Promise.all([a.close(), b.close()]);
  return equal;
}
