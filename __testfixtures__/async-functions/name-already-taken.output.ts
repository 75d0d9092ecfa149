import { spawn } from "node:child_process";
import { once } from "node:events";
import { ResourceContext } from "resource-context";

export async function handle(ctx: { log(line: string): Promise<void> }, image: string): Promise<void> {
  await using ctx2 = new ResourceContext();
  const optipng = ctx2.process(spawn("optipng", [image]));
  await ctx.log(`optimising ${image}`);
  await once(optipng, "close");
}
