import { mkdtemp, rmSync } from "node:fs";
import { dir, file } from "tmp";

export function unpack(run: (folder: string) => void): void {
  mkdtemp("upload-", (error, folder) => {
    if (error) throw error;
    run(folder);
    rmSync(folder, { recursive: true });
  });
  dir((error, folder, remove) => {
    if (error === null) run(folder);
    remove();
  });
  file((error, log, _descriptor, remove) => {
    if (error === null) run(log);
    remove();
  });
}
