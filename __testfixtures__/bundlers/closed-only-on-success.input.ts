import { rolldown } from "rolldown";
import { rollup } from "rollup";

export async function build(input: string): Promise<void> {
  const bundle = await rolldown({ input });
  await bundle.write({ dir: "dist", format: "esm" });
  await bundle.close();
}

export async function size(input: string): Promise<number> {
  const bundle = await rollup({ input });
  const { output } = await bundle.generate({ format: "esm" });
  await bundle.close();
  return output.reduce((sum, chunk) => sum + chunk.code.length, 0);
}
