import jsonfile, { writeFile } from "jsonfile";

export async function save(file: string, ports: readonly number[]): Promise<void> {
  await writeFile(file, ports);
  jsonfile.writeFileSync(`${file}.bak`, ports);
}
