import { writeFile } from "node:fs/promises";

type Save = (path: string, text: string) => Promise<void>;

export const withRetry = (attempt: (save: Save) => Promise<void>): Promise<void> => attempt(writeFile);
