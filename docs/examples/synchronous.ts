import { spawnSync } from "node:child_process";

export const hasDocker = (): boolean => spawnSync("docker", ["--version"]).status === 0;
