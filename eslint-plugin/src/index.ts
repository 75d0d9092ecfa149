import type { ESLint, Linter, Rule } from "eslint";
import { resourceKinds, type Kind, type SourceOptions } from "resource-codemod";
import { settingsKey } from "./analysis.js";
import { kindRule } from "./kind-rule.js";
import { version } from "./manifest.js";
import { suppressions } from "./suppressions.js";
import { understood } from "./understood.js";

/** What `settings["resource-context"]` may hold; all of it is optional. */
export type ResourceContextSettings = SourceOptions;

/** `unmanaged-<kind>` for every kind of resource, as in the reports for other tools, and two about the analysis itself. */
const rules: Readonly<Record<string, Rule.RuleModule>> = {
  ...Object.fromEntries(kindNames().map((kind) => [`unmanaged-${kind}`, kindRule(kind)])),
  suppressions,
  understood,
};

const meta = { name: "eslint-plugin-resource-context", version, namespace: settingsKey };
const bare: ESLint.Plugin = { meta, rules: { ...rules } };

/** Every rule as an error; `settings` and the configuration of resource-codemod say what counts. */
const recommended: Linter.Config = {
  name: `${settingsKey}/recommended`,
  plugins: { [settingsKey]: bare },
  rules: Object.fromEntries(Object.keys(rules).map((name) => [`${settingsKey}/${name}`, "error"] as const)),
};

/** What a configuration imports. */
export interface ResourceContextPlugin extends ESLint.Plugin {
  readonly configs: { readonly recommended: Linter.Config };
}

/** The plugin, for a flat configuration of ESLint 9 or later. */
const plugin: ResourceContextPlugin = Object.assign(bare, { configs: { recommended } });

export default plugin;

function kindNames(): readonly Kind[] {
  const isKind = (name: string): name is Kind => Object.hasOwn(resourceKinds, name);
  return Object.keys(resourceKinds).filter(isKind);
}
