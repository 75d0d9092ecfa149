import { ResourceContext } from "resource-context";

export class Gate implements AsyncDisposable {
  async [Symbol.asyncDispose](): Promise<void> {
    console.log("closed");
  }
}

export async function open(check: () => Promise<void>): Promise<Gate> {
  await using ctx = new ResourceContext();
  const gate = ctx.use(new Gate());
  await check();
  return ctx.disown(gate);
}
