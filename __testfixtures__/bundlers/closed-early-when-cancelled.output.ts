import { rolldown } from "rolldown";
import { ResourceContext } from "resource-context";

export async function build(input: string, isCanceled: () => boolean): Promise<object> {
  await using ctx = new ResourceContext();
  const bundle = ctx.adopt(await rolldown({ input }), (bundle) => bundle.close());
  if (isCanceled()) {
    await bundle.close();
    throw new Error("The build was canceled.");
  }
  const result = await bundle.write({ format: "esm" });
  await bundle.close();
  return result;
}
