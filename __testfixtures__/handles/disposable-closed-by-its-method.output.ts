import { ResourceContext } from "resource-context";

class Gate implements Disposable {
  close(): void {
    console.log("closed");
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

export async function serve(run: () => Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  const gate = ctx.use(new Gate());
  await run();
  ctx.disown(gate).close();
}
