import { ResourceContext } from "resource-context";

export async function upload(send: () => Promise<void>): Promise<void> {
  const warn = (): void => console.warn("upload is not over");
  await using ctx = new ResourceContext();
  process.on("beforeExit", warn);
  ctx.defer(() => process.removeListener("beforeExit", warn));
  try {
    await send();
    process.removeListener("beforeExit", warn);
  } catch (error) {
    console.error(error);
  }
}
