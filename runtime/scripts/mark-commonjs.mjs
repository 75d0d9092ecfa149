// The package is ESM; this one file tells Node that everything under dist/cjs is CommonJS.
import * as fs from "node:fs";

fs.writeFileSync(new URL("../dist/cjs/package.json", import.meta.url), '{ "type": "commonjs" }\n');
