import { rollup } from "rollup";
import { ResourceContext } from "resource-context";

export async function build(inputs: readonly string[], check: (file: string) => Promise<void>): Promise<void> {
  for (const input of inputs) {
    await using ctx = new ResourceContext();
    const bundle = ctx.adopt(await rollup({ input }), (bundle) => bundle.close());
    await bundle.write({ dir: "dist" });
    await check(input);
    await bundle.close();
  }
}
