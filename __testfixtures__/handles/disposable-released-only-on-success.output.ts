import { ResourceContext } from "resource-context";

class Gate implements AsyncDisposable {
  async [Symbol.asyncDispose](): Promise<void> {
    console.log("closed");
  }
}

export async function serve(run: () => Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  const gate = ctx.use(new Gate());
  await run();
  await ctx.disown(gate)[Symbol.asyncDispose]();
}
