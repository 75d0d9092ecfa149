export async function whileWaiting(upload: () => Promise<void>): Promise<void> {
  const beat = setInterval(() => console.log("uploading"), 1000);
  await upload();
  clearInterval(beat);
}
