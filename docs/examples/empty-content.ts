import { writeFileSync } from "node:fs";

export function markDeployed(folder: string): void {
  writeFileSync(`${folder}/.deployed`, "");
}
