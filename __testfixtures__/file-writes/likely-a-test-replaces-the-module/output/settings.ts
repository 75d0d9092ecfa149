import { atomicWriteFileSync } from "resource-context";

export function saveSettings(settings: object): void {
  atomicWriteFileSync("settings.json", JSON.stringify(settings));
}
