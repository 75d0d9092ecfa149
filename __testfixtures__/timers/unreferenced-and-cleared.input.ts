export async function upload(send: () => Promise<void>): Promise<void> {
  const progress = setInterval(() => console.log("still uploading"), 5000);
  progress.unref();
  await send();
  clearInterval(progress);
}
