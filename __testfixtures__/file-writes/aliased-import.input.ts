import { writeFileSync as save } from "node:fs";

export const exportPorts = (ports: readonly number[]): void => save("ports.txt", ports.join("\n"));
