import { spawn } from "node:child_process";
import { ResourceContext } from "resource-context";

export function convert(file: string, size: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      "convert",
      [file, "-resize", `${size}x${size}`, "thumbnail.png"],
      { stdio: ["ignore", "ignore", "inherit"] }, // errors are for people
    );
    ResourceContext.root.process(child);
    child.on("error", reject);
    child.on("close", () => resolve());
  });
}

export function optimise(file: string, done: () => void): void {
  let child = ResourceContext.root.process(spawn("optipng", [
    file,
  ]));
  child.on("close", done);
}
