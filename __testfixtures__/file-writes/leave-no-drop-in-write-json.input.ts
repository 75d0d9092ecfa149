import * as fs from "fs-extra";

export async function saveSettings(folder: string, settings: object): Promise<void> {
  await fs.writeJson(`${folder}/settings.json`, settings);
  await fs.writeJSON(`${folder}/copy.json`, settings, { spaces: 2 });
  fs.writeJsonSync(`${folder}/last.json`, settings);
  fs.writeJSONSync(`${folder}/first.json`, settings);
}
