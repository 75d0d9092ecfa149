import { startPreview } from "./preview.js";

export async function checkPreview(visit: (url: string) => Promise<void>): Promise<void> {
  const preview = await startPreview(4173, console.log);
  await visit(preview.url);
  await preview.close();
}
