import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

type OnExit = (run: () => void) => () => void;

export function uploadFolder(onExit: OnExit): { readonly path: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), "upload-"));
  const removeFolder = (): void => rmSync(folder, { recursive: true, force: true });
  const forget = onExit(removeFolder);
  return {
    path: folder,
    remove() {
      forget();
      removeFolder();
    },
  };
}
