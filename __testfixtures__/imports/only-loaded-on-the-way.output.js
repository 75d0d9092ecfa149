import { atomicWriteFile } from "resource-context";

const ports = [8080, 8443];
await atomicWriteFile("ports.json", JSON.stringify(ports));
