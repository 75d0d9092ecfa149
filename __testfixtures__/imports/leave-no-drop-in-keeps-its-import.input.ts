import { outputFile, readFile } from "fs-extra";

export async function mirror(page: string, folder: string): Promise<void> {
  await outputFile(`${folder}/${page}`, await readFile(page, "utf8"));
}
