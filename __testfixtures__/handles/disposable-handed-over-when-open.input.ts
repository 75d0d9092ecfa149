export class Gate implements AsyncDisposable {
  async [Symbol.asyncDispose](): Promise<void> {
    console.log("closed");
  }
}

export async function open(check: () => Promise<void>): Promise<Gate> {
  const gate = new Gate();
  await check();
  return gate;
}
