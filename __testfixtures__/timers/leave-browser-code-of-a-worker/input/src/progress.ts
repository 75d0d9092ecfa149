export async function whileWaiting<T>(upload: () => Promise<T>): Promise<T> {
  const beat = setInterval(() => console.log("uploading"), 1000);
  const result = await upload();
  clearInterval(beat);
  return result;
}
