// Writes what each entry of the runtime exports to runtime/api/<entry>.api.md, so that a changed surface shows up as a
// diff. `--check` fails instead when a report is out of date. Reads the built declarations.
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { Extractor, ExtractorConfig, ExtractorLogLevel } from "@microsoft/api-extractor";

const runtime = path.resolve(import.meta.dirname, "../runtime");
const reports = path.join(runtime, "api");
const scratch = path.resolve(import.meta.dirname, "../node_modules/.cache/api-report");
const isCheck = process.argv.includes("--check");

mkdirSync(reports, { recursive: true });
const stale = entries().filter((entry) => !report(entry));
rmSync(scratch, { recursive: true, force: true });
if (stale.length > 0) {
  console.error(
    `The API report of ${stale.map(({ name }) => name).join(", ")} is out of date. Look at the change, then run: npm run api-report`,
  );
  process.exitCode = 1;
}

/** Each entry that has declarations, by the name under which its report is kept. */
function entries() {
  const { exports } = JSON.parse(readFileSync(path.join(runtime, "package.json"), "utf8"));
  return Object.entries(exports).flatMap(([subpath, conditions]) => {
    const types = conditions.import?.types;
    if (types === undefined) return [];
    const name = subpath === "." ? "resource-context" : subpath.slice(2).replaceAll("/", "-");
    return [{ name, types: path.join(runtime, types) }];
  });
}

/** Whether the report was up to date, or has been written. */
function report({ name, types }) {
  const config = ExtractorConfig.prepare({
    configObjectFullPath: path.join(runtime, "api-extractor.json"),
    packageJsonFullPath: path.join(runtime, "package.json"),
    configObject: {
      projectFolder: runtime,
      mainEntryPointFilePath: types,
      compiler: { tsconfigFilePath: path.join(runtime, "tsconfig.json") },
      apiReport: {
        enabled: true,
        reportFileName: `${name}.api.md`,
        reportFolder: reports,
        reportTempFolder: scratch,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      newlineKind: "lf",
      messages: {
        // Missing release tags and unresolved links are no matter of the surface.
        compilerMessageReporting: { default: { logLevel: "error" } },
        extractorMessageReporting: { default: { logLevel: "none" } },
        tsdocMessageReporting: { default: { logLevel: "none" } },
      },
    },
  });
  const { succeeded, apiReportChanged } = Extractor.invoke(config, {
    localBuild: !isCheck,
    messageCallback: quiet,
  });
  return succeeded && (!isCheck || !apiReportChanged);
}

/** Our own line says what to do; errors of the compiler are shown. */
function quiet(message) {
  if (message.logLevel === ExtractorLogLevel.Error) return;
  message.handled = true;
}
