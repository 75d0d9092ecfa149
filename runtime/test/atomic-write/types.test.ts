import * as fs from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, test } from "vitest";
import { typeRoots } from "./support/build.js";
import { makePlace } from "./support/places.js";

const types = fileURLToPath(new URL("./types", import.meta.url));

const native = `import * as fs from "node:fs";
export const writeFile = { promise: fs.promises.writeFile, callback: fs.writeFile };
export const writeFileSync = fs.writeFileSync;`;

test("what compiles with fs compiles with ours, and what does not does not", () => {
  const place = makePlace();
  fs.writeFileSync(path.join(place, "package.json"), '{ "type": "module" }');
  fs.copyFileSync(path.join(types, "call-sites.ts"), path.join(place, "call-sites.ts"));
  fs.writeFileSync(path.join(place, "subject.ts"), native);
  const withFs = path.join(place, "call-sites.ts");
  expect(complaints([withFs, path.join(types, "call-sites.ts"), path.join(types, "durability.ts")])).toEqual(
    [],
  );
});

/** With the settings of the package itself. */
function complaints(files: readonly string[]): string[] {
  const config = fileURLToPath(new URL("../../tsconfig.json", import.meta.url));
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(config, ts.sys.readFile).config,
    ts.sys,
    path.dirname(config),
  );
  const program = ts.createProgram(files, { ...options, skipLibCheck: true, typeRoots: [typeRoots()] });
  return ts
    .getPreEmitDiagnostics(program)
    .map(
      ({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
    );
}
