import { ResourceContext } from "resource-context";

export async function fetchReport(url: string): Promise<string> {
  await using ctx = new ResourceContext();
  const response = await Promise.race([
    fetch(url),
    new Promise<never>((_resolve, reject) => {
      ctx.timer(setTimeout(() => reject(new Error("too late")), 30_000));
    }),
  ]);
  return response.text();
}

export async function fetchSize(url: string): Promise<number> {
  const tooLate = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), 5_000));
  return Promise.race([fetch(url), tooLate]).then((response) => response?.status ?? 0);
}
