import { close, open, opendir } from "node:fs";

export function touch(file: string, done: (error: Error | null) => void): void {
  open(file, "a", (error, descriptor) => {
    if (error) done(error);
    else close(descriptor, done);
  });
}

export function isEmpty(folder: string, done: (empty: boolean) => void): void {
  opendir(folder, (error, opened) => {
    if (error) return done(false);
    done(opened.readSync() === null);
    opened.closeSync();
  });
}
