import { spawn } from "node:child_process";
import { once } from "node:events";

export async function handle(ctx: { log(line: string): Promise<void> }, image: string): Promise<void> {
  const optipng = spawn("optipng", [image]);
  await ctx.log(`optimising ${image}`);
  await once(optipng, "close");
}
