import { closeSync, openSync, readFileSync } from "node:fs";
import { ResourceContext } from "resource-context";

export class Settings {
  static text: string;

  static {
    using ctx = new ResourceContext();
    const file = ctx.adopt(openSync("settings.json", "r"), closeSync);
    this.text = readFileSync(file, "utf8");
    closeSync(ctx.disown(file));
  }
}
