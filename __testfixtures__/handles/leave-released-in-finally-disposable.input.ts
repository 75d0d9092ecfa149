class Gate implements Disposable {
  close(): void {
    console.log("closed");
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

export async function serve(run: () => Promise<void>): Promise<void> {
  const gate = new Gate();
  try {
    await run();
  } finally {
    gate.close();
  }
}
