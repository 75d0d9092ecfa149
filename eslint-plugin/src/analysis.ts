import type { Rule, SourceCode } from "eslint";
import { ConfigError, findingsIn, type SourceFindings, type SourceOptions } from "resource-codemod";

/** The key of the shared settings in a configuration of ESLint. */
export const settingsKey = "resource-context";

/** Every rule asks about the same text: the first one has it analysed. */
const known = new WeakMap<SourceCode, SourceFindings>();

/** What `resource-codemod` finds in the text that is linted. */
export function analysisOf(context: Rule.RuleContext): SourceFindings {
  const { sourceCode } = context;
  const findings = known.get(sourceCode) ?? analyse(context);
  known.set(sourceCode, findings);
  return findings;
}

function analyse({ filename, sourceCode, cwd, settings }: Rule.RuleContext): SourceFindings {
  const given: unknown = settings[settingsKey] ?? {};
  if (!isSettings(given))
    throw new TypeError(`settings["${settingsKey}"] must be an object such as { safety: "likely" }.`);
  try {
    return findingsIn({ path: filename, text: sourceCode.text }, { cwd, ...given });
  } catch (thrown) {
    if (!(thrown instanceof ConfigError)) throw thrown;
    throw new ConfigError(thrown.message.replace(/^options(?=:| must)/, `settings["${settingsKey}"]`));
  }
}

/** Its members are checked where they are used. */
function isSettings(value: unknown): value is SourceOptions {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
