import { promises } from "graceful-fs";

export function exportRows(path: string, rows: string[], settings: { flag(): string }): Promise<void> {
  return promises.writeFile(path, rows.join("\n"), { flag: settings.flag() });
}
