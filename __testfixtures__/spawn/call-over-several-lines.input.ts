import { spawn } from "node:child_process";

export function convert(file: string, size: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      "convert",
      [file, "-resize", `${size}x${size}`, "thumbnail.png"],
      { stdio: ["ignore", "ignore", "inherit"] }, // errors are for people
    );
    child.on("error", reject);
    child.on("close", () => resolve());
  });
}

export function optimise(file: string, done: () => void): void {
  let child = spawn("optipng", [
    file,
  ]);
  child.on("close", done);
}
