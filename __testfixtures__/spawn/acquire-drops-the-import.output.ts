import { ResourceContext } from "resource-context";

export function convert(file: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = ResourceContext.root.spawn("convert", [file, "out.png"], { stdio: "ignore" });
    child.on("error", reject);
    child.on("close", () => resolve());
  });
}
