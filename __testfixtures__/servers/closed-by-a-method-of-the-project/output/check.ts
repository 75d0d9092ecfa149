import { startPreview } from "./preview.js";
import { ResourceContext } from "resource-context";

export async function checkPreview(visit: (url: string) => Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  const preview = ctx.adopt(await startPreview(4173, console.log), (it) => it.close());
  await visit(preview.url);
  await ctx.disown(preview).close();
}
