import fs from "fs";

export async function init(config: string, force: boolean): Promise<void> {
  await fs.promises.writeFile(config, "port: 8080\n", { flag: force ? "w" : "wx" });
}
