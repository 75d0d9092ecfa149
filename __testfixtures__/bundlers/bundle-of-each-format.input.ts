import { rollup } from "rollup";

export async function build(inputs: readonly string[], check: (file: string) => Promise<void>): Promise<void> {
  for (const input of inputs) {
    const bundle = await rollup({ input });
    await bundle.write({ dir: "dist" });
    await check(input);
    await bundle.close();
  }
}
