class Gate implements Disposable {
  close(): void {
    console.log("closed");
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

export async function serve(run: () => Promise<void>): Promise<void> {
  using gate = new Gate();
  console.log(gate);
  await run();
}
