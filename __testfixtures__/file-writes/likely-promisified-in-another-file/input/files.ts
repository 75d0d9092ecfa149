import { writeFile } from "node:fs";
import { promisify } from "node:util";

export const save = promisify(writeFile);
