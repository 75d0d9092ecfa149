declare const loader: { require(name: string): { writeFileSync(path: string, text: string): void } };

const fs = loader.require("fs");

fs.writeFileSync("ports.txt", "8080");
