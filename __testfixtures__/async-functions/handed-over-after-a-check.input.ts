import { spawn, type ChildProcess } from "node:child_process";

export async function startPreview(port: number, isUp: (port: number) => Promise<boolean>): Promise<ChildProcess> {
  const preview = spawn("vite", ["preview", "--port", String(port)]);
  if (!(await isUp(port))) throw new Error(`nothing listens on ${port}`);
  return preview;
}
