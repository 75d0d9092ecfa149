import * as cp from "node:child_process";

export const nodeVersion = (): string => cp.execSync("node --version").toString().trim();
