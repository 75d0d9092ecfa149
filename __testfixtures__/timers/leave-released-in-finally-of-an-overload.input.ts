export function whileWaiting(upload: () => Promise<void>): Promise<void>;
export function whileWaiting(upload: () => Promise<void>, pause: number): Promise<void>;
export async function whileWaiting(upload: () => Promise<void>, pause = 1000): Promise<void> {
  const beat = setInterval(() => console.log("uploading"), pause);
  try {
    await upload();
  } finally {
    clearInterval(beat);
  }
}
