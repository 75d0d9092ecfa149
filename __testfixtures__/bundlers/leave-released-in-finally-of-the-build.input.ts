import { rolldown } from "rolldown";
import { rollup } from "rollup";

export async function build(input: string): Promise<object> {
  const bundle = await rolldown({ input });
  try {
    return await bundle.write({ dir: "dist" });
  } finally {
    await bundle.close();
  }
}

export async function generate(input: string): Promise<object> {
  const bundle = await rollup({ input });
  try {
    return await bundle.generate({ format: "cjs" });
  } finally {
    await bundle.close();
  }
}
