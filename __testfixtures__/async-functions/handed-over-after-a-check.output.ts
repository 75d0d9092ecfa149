import { spawn, type ChildProcess } from "node:child_process";
import { ResourceContext } from "resource-context";

export async function startPreview(port: number, isUp: (port: number) => Promise<boolean>): Promise<ChildProcess> {
  await using ctx = new ResourceContext();
  const preview = ctx.process(spawn("vite", ["preview", "--port", String(port)]));
  if (!(await isUp(port))) throw new Error(`nothing listens on ${port}`);
  return ctx.disown(preview);
}
