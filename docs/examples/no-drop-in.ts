import { outputFile } from "fs-extra";

export async function mirror(page: string, folder: string, html: string): Promise<void> {
  await outputFile(`${folder}/${page}`, html);
}
