import { showProgress } from "./progress.js";

export async function upload(send: () => Promise<void>): Promise<void> {
  const stop = showProgress(console.log);
  await send();
  stop();
}
