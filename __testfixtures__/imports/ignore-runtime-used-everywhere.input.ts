import { atomicWriteFile, ResourceContext } from "resource-context";

export async function save(path: string, html: string): Promise<void> {
  await using ctx = new ResourceContext();
  ctx.defer(() => console.log(`saved ${path}`));
  await atomicWriteFile(path, html);
}
