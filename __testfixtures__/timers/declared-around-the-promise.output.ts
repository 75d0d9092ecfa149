import { ResourceContext } from "resource-context";

export async function upload(send: () => Promise<string>): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  await using ctx = new ResourceContext();
  const late = new Promise<undefined>((resolve) => {
    timer = ctx.timer(setTimeout(() => resolve(undefined), 30_000));
  });
  const answer = await Promise.race([send(), late]);
  clearTimeout(timer);
  return answer;
}
