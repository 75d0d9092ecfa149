export async function whileWaiting(upload: () => Promise<void>): Promise<void> {
  const beat = setInterval(() => console.log("uploading"), 1000);
  await upload();
  try {
    const again = setInterval(() => console.log("uploading again"), 1000);
    await upload();
    clearInterval(again);
  } catch (error) {
    console.error(error);
  }
  clearInterval(beat);
}
