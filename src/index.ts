export { defineConfig, type Settings } from "./options/define-config.js";
export { defineResource, type DefinedRelease, type ResourceDefinition } from "./catalogue/define.js";
export { ConfigError, RefusedError } from "./errors.js";
export { leaveReasons } from "./reasons.js";
export { run } from "./run.js";
export type {
  Discovery,
  FileOutcome,
  FilePlan,
  Finding,
  LeaveReason,
  Level,
  Mode,
  Options,
  Ownership,
  Progress,
  ResourceModel,
  RunReport,
  Verdict,
} from "./types.js";
