export async function upload(send: () => Promise<string>): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), 30_000);
  });
  const answer = await Promise.race([send(), late]);
  clearTimeout(timer);
  return answer;
}
