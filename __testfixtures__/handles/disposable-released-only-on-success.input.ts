class Gate implements AsyncDisposable {
  async [Symbol.asyncDispose](): Promise<void> {
    console.log("closed");
  }
}

export async function serve(run: () => Promise<void>): Promise<void> {
  const gate = new Gate();
  await run();
  await gate[Symbol.asyncDispose]();
}
