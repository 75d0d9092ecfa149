import { save } from "./files.js";
import { atomicWriteFile } from "resource-context";

export async function report(ports: readonly number[], also: (store: typeof save) => void): Promise<void> {
  await atomicWriteFile("report.txt", ports.join("\n"));
  also(save);
}
