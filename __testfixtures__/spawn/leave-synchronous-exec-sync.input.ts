import { execSync } from "node:child_process";

export const revision = execSync("git rev-parse HEAD", { encoding: "utf8" }).trim();
