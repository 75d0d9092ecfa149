import { outputFile, readFileSync } from "fs-extra";

export async function mirror(page: string, folder: string): Promise<void> {
  await outputFile(`${folder}/${page}`, readFileSync(page));
}
