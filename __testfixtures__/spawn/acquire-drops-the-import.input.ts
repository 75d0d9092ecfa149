import { spawn } from "node:child_process";

export function convert(file: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn("convert", [file, "out.png"], { stdio: "ignore" });
    child.on("error", reject);
    child.on("close", () => resolve());
  });
}
