import type * as processes from "node:child_process";

export type Spawn = typeof processes.spawn;

export function nameOf(spawn: Spawn): string {
  return spawn.name;
}
