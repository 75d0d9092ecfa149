const { writeFile } = await import("node:fs/promises");

const ports = [8080, 8443];
await writeFile("ports.json", JSON.stringify(ports));
