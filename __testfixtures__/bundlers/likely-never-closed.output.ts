import { rolldown } from "rolldown";
import { ResourceContext } from "resource-context";

export async function build(input: string, formats: readonly string[]): Promise<void> {
  await using ctx = new ResourceContext();
  const bundle = ctx.adopt(await rolldown({ input }), (bundle) => bundle.close());
  await Promise.all(formats.map((format) => bundle.write({ format, dir: "dist" })));
  console.log("Build complete");
}
