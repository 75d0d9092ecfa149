export { defineConfig, type Settings } from "./options/define-config.js";
export { defineResource, type DefinedRelease, type ResourceDefinition } from "./catalogue/define.js";
export { ConfigError, RefusedError } from "./errors.js";
export { leaveReasons } from "./reasons.js";
export { findingsIn } from "./api/findings.js";
export type { TextEdit } from "./api/edits.js";
export type { SourceFinding, SourceFindings, SourceOptions, SourceText } from "./api/open-project.js";
export { resourceKinds, type ResourceKind } from "./api/kinds.js";
export { run } from "./api/run.js";
export { resolveOptions, type RunOptions } from "./api/run-options.js";
export { formatReport, type ReportForm } from "./api/report.js";
export { sentenceOf } from "./reporters/rules.js";
export type {
  Acquisition,
  Adoption,
  BaselineAction,
  BaselineLine,
  BaselineOptions,
  BaselineReport,
  Changes,
  DaemonReason,
  Decision,
  Evidence,
  FileOutcome,
  Finding,
  HeldReason,
  InertReason,
  Install,
  Kind,
  Leak,
  LeaveReason,
  Level,
  Mode,
  Options,
  OwnTransform,
  Ownership,
  PartOfRun,
  Progress,
  Refusal,
  Release,
  Remark,
  ReporterName,
  ResourceModel,
  RunReport,
  Selected,
  Shard,
  Skipped,
  Span,
  Stage,
  Standing,
  Step,
  TransformId,
  UnknownReason,
  Verdict,
  Yields,
} from "./types.js";
