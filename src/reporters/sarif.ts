import { ownManifest } from "../manifest.js";
import type { FileOutcome, Finding, Kind, RunReport } from "../types.js";
import { hunksOf } from "./hunks.js";
import { calleeOf, nounOf, reportedSites, ruleOf } from "./rules.js";
import type { Site } from "./summary.js";

const fingerprintName = "resourceCodemod/v1";

/**
 * SARIF 2.1.0 for code scanning: each site that the chosen level changes, accepted ones with their suppression. A fix
 * holds all changes of the file, for a scope serves several sites; a check computes no new text and has no fixes.
 * Source: OASIS, Static Analysis Results Interchange Format 2.1.0.
 */
export function sarif(report: RunReport): string {
  const sites = reportedSites(report);
  const kinds = [...new Set(sites.map(({ finding }) => finding.acquisition.kind))].sort();
  const outcomes = new Map(report.files.map((file) => [file.file, file]));
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "resource-codemod",
            semanticVersion: ownManifest().version,
            rules: kinds.map(rule),
          },
        },
        columnKind: "utf16CodeUnits",
        invocations: [invocation(report)],
        results: sites.map((site) => result(site, { kinds, outcome: outcomes.get(site.file) })),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function rule(kind: Kind): object {
  const text = `A ${nounOf(kind)} that is not released on every path.`;
  return {
    id: ruleOf(kind),
    shortDescription: { text },
    fullDescription: {
      text: `${text} When an error, a signal or an exit comes in between, it is left behind. A ResourceContext releases it.`,
    },
    defaultConfiguration: { level: "warning" },
  };
}

/** A file that was not understood makes the run unsuccessful, and says so. */
function invocation({ files, exitCode }: RunReport): object {
  const failed = files.flatMap((file) => (file.status === "failed" ? [file] : []));
  return {
    executionSuccessful: exitCode !== 2,
    exitCode,
    toolExecutionNotifications: failed.map(({ file, stage, error }) => ({
      level: "error",
      message: { text: `${stage}: ${error}` },
      locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(file) } } }],
    })),
  };
}

interface Around {
  readonly kinds: readonly Kind[];
  readonly outcome: FileOutcome | undefined;
}

function result({ file, finding }: Site, { kinds, outcome }: Around): object {
  const { acquisition, standing, level } = finding;
  return {
    ruleId: ruleOf(acquisition.kind),
    ruleIndex: kinds.indexOf(acquisition.kind),
    level: "warning",
    message: { text: `${calleeOf(acquisition.api)}: ${finding.message}` },
    locations: [location(file, finding)],
    partialFingerprints: { [fingerprintName]: acquisition.fingerprint },
    ...(standing.is === "suppressed"
      ? { suppressions: [{ kind: "inSource", justification: standing.reason }] }
      : {}),
    ...(standing.is === "baseline"
      ? { suppressions: [{ kind: "external", justification: "In the baseline." }] }
      : {}),
    ...(outcome?.status === "changed" && standing.is !== "suppressed" ? { fixes: [fix(outcome)] } : {}),
    properties: { safety: level, verdict: finding.ownership.verdict },
  };
}

function location(file: string, { acquisition }: Finding): object {
  const { line, column, endLine, endColumn, symbol } = acquisition;
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(file) },
      region: { startLine: line, startColumn: column, endLine, endColumn },
    },
    ...(symbol === "" ? {} : { logicalLocations: [{ fullyQualifiedName: symbol }] }),
  };
}

function fix({ file, before, after }: Extract<FileOutcome, { status: "changed" }>): object {
  return {
    description: { text: `Apply all changes of ${file}.` },
    artifactChanges: [
      {
        artifactLocation: { uri: uriOf(file) },
        replacements: hunksOf(before, after).map(({ start, count, text }) => ({
          deletedRegion: { startLine: start, startColumn: 1, endLine: start + count, endColumn: 1 },
          ...(text === "" ? {} : { insertedContent: { text } }),
        })),
      },
    ],
  };
}

/** A relative reference: what is not allowed in a path is percent-encoded, the slashes are kept. */
function uriOf(file: string): string {
  return file.split("/").map(encodeURIComponent).join("/");
}
