import { save } from "./files.js";

export async function report(ports: readonly number[], also: (store: typeof save) => void): Promise<void> {
  await save("report.txt", ports.join("\n"));
  also(save);
}
