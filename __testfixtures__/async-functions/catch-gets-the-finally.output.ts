import { spawn } from "node:child_process";
import { once } from "node:events";
import { access } from "node:fs/promises";
import { ResourceContext } from "resource-context";

export async function thumbnail(file: string): Promise<boolean> {
  console.log("starting");
  const ctx = new ResourceContext();
  // What fails is told, and no more.
  try {
    // A small one is enough.
    const child = ctx.process(spawn("convert", [file, "-thumbnail", "200x200"]));
    await access(file);
    await once(child, "close");
    return true;
  } catch (error) {
    console.error(error);
    return false;
  } finally {
    await ctx.disposeAsync();
  }
}
