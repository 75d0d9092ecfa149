// eslint-disable-next-line no-restricted-imports
import { writeFileSync } from "node:fs";

export const keepReport = (html: string): void => writeFileSync("report.html", html);
