export async function push(send: (done: (error: Error | null) => void) => void): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const timeout = setTimeout(() => {
      reject(new Error("No answer in ten minutes."));
    }, 600_000);
    send((error) => {
      clearTimeout(timeout);
      if (error) reject(error);
      else resolve();
    });
  });
}
