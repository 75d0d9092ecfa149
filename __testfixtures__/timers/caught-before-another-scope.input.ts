export async function whileWaiting(upload: () => Promise<void>, twice: boolean): Promise<void> {
  if (twice) {
    try {
      const beat = setInterval(() => console.log("uploading"), 1000);
      await upload();
      clearInterval(beat);
    } catch (error) {
      console.error(error);
    }
  }
  const again = setInterval(() => console.log("uploading again"), 1000);
  await upload();
  clearInterval(again);
}
