import { rolldown } from "rolldown";

export async function build(inputs: readonly string[]): Promise<void> {
  const bundle = await rolldown({ inputs }).catch(() => undefined);
  await bundle?.write({ format: "esm" });
  await bundle?.close();
}
