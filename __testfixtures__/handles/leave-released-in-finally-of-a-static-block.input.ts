import { closeSync, openSync, readFileSync } from "node:fs";

export class Settings {
  static text: string;

  static {
    const file = openSync("settings.json", "r");
    try {
      this.text = readFileSync(file, "utf8");
    } finally {
      closeSync(file);
    }
  }
}
