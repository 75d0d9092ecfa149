import { rolldown } from "rolldown";

export async function build(input: string, isCanceled: () => boolean): Promise<object> {
  const bundle = await rolldown({ input });
  if (isCanceled()) {
    await bundle.close();
    throw new Error("The build was canceled.");
  }
  const result = await bundle.write({ format: "esm" });
  await bundle.close();
  return result;
}
