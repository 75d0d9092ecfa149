import { writeFile, writeFileSync } from "atomically";
import writeAtomic from "write-file-atomic";
import writeJsonFile, { writeJsonFile as named, writeJsonFileSync } from "write-json-file";
import { writePackage, writePackageSync } from "write-package";
import writeYamlFile from "write-yaml-file";

export async function save(folder: string, ports: readonly number[]): Promise<void> {
  await writeFile(`${folder}/a.txt`, String(ports));
  writeFileSync(`${folder}/b.txt`, String(ports));
  await writeAtomic(`${folder}/c.txt`, String(ports));
  writeAtomic.sync(`${folder}/d.txt`, String(ports));
  await writeJsonFile(`${folder}/e.json`, ports);
  writeJsonFile.sync(`${folder}/f.json`, ports);
  await named(`${folder}/g.json`, ports);
  writeJsonFileSync(`${folder}/h.json`, ports);
  await writePackage(folder, { name: "app" });
  writePackageSync(folder, { name: "app" });
  await writeYamlFile(`${folder}/i.yaml`, ports);
  writeYamlFile.sync(`${folder}/j.yaml`, ports);
}
