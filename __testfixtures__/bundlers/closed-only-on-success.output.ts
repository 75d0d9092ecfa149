import { rolldown } from "rolldown";
import { rollup } from "rollup";
import { ResourceContext } from "resource-context";

export async function build(input: string): Promise<void> {
  await using ctx = new ResourceContext();
  const bundle = ctx.adopt(await rolldown({ input }), (bundle) => bundle.close());
  await bundle.write({ dir: "dist", format: "esm" });
  await bundle.close();
}

export async function size(input: string): Promise<number> {
  await using ctx = new ResourceContext();
  const bundle = ctx.adopt(await rollup({ input }), (bundle) => bundle.close());
  const { output } = await bundle.generate({ format: "esm" });
  await bundle.close();
  return output.reduce((sum, chunk) => sum + chunk.code.length, 0);
}
