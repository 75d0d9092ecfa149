import { fileSync } from "tmp";

export function log(): ReturnType<typeof fileSync> {
  return fileSync();
}
