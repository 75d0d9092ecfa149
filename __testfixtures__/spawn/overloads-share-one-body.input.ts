import { spawn } from "node:child_process";

export function ring(bell: string): Promise<number>;
export function ring(bell: string, times: number): Promise<number>;
export function ring(bell: string, times = 1): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn("aplay", [bell, String(times)]);
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? 1));
  });
}
