class Gate implements AsyncDisposable {
  async [Symbol.asyncDispose](): Promise<void> {
    console.log("closed");
  }
}

export const gate = new Gate();
