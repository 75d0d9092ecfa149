import { execSync } from "node:child_process";

export const git = {
  get version(): string {
    return execSync("git --version").toString();
  },
};
