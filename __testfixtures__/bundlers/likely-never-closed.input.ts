import { rolldown } from "rolldown";

export async function build(input: string, formats: readonly string[]): Promise<void> {
  const bundle = await rolldown({ input });
  await Promise.all(formats.map((format) => bundle.write({ format, dir: "dist" })));
  console.log("Build complete");
}
