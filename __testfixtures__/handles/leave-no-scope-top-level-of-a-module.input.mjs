import { open } from "node:fs/promises";

const file = await open("ports.json");
const ports = JSON.parse(await file.readFile("utf8"));
await file.close();
console.log(ports);
