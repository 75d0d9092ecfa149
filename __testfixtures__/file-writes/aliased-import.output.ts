import { atomicWriteFileSync } from "resource-context";

export const exportPorts = (ports: readonly number[]): void => atomicWriteFileSync("ports.txt", ports.join("\n"));
