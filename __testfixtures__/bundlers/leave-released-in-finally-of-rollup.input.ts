import { rollup } from "rollup";

export async function build(input: string): Promise<void> {
  const bundle = await rollup({ input });
  try {
    await bundle.write({ dir: "dist" });
  } finally {
    await bundle.close();
  }
}
