import { atomicWriteFile, atomicWriteFileSync } from "resource-context";

export async function publishPages(folder: string, pages: Map<string, string>): Promise<void> {
  for (const [name, html] of pages) {
    await atomicWriteFile(`${folder}/${name}.html`, html);
    await atomicWriteFile(`${folder}/${name}.txt`, html.replace(/<[^>]+>/g, ""));
  }
  atomicWriteFileSync(`${folder}/index.txt`, [...pages.keys()].join("\n"));
}
