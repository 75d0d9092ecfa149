export async function upload(send: () => Promise<void>): Promise<void> {
  const warn = (): void => console.warn("upload is not over");
  process.on("beforeExit", warn);
  try {
    await send();
    process.removeListener("beforeExit", warn);
  } catch (error) {
    console.error(error);
  }
}
