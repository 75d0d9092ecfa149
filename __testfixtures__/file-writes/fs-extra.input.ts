import fs from "fs-extra";

export async function publishPages(folder: string, pages: Map<string, string>): Promise<void> {
  for (const [name, html] of pages) {
    await fs.writeFile(`${folder}/${name}.html`, html);
    await fs.promises.writeFile(`${folder}/${name}.txt`, html.replace(/<[^>]+>/g, ""));
  }
  fs.writeFileSync(`${folder}/index.txt`, [...pages.keys()].join("\n"));
}
