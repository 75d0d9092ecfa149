export class Gate implements AsyncDisposable {
  constructor(readonly port: number) {}

  async [Symbol.asyncDispose](): Promise<void> {
    console.log("closed", this.port);
  }
}

export async function serve(ports: readonly number[], run: (port: number) => Promise<void>): Promise<void> {
  for (const port of ports) {
    const gate = new Gate(port);
    await run(gate.port);
    await gate[Symbol.asyncDispose]();
  }
}
