import { execSync } from "node:child_process";

export class Git {
  static version: string;

  static {
    this.version = execSync("git --version").toString();
  }
}
