import { writeFileSync } from "node:fs";

export function saveSettings(settings: object): void {
  writeFileSync("settings.json", JSON.stringify(settings));
}
