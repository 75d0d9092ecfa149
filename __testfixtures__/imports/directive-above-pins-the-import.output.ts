// eslint-disable-next-line no-restricted-imports
import { writeFileSync } from "node:fs";
import { atomicWriteFileSync } from "resource-context";

export const keepReport = (html: string): void => atomicWriteFileSync("report.html", html);
