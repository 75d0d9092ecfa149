import type { Config } from "./config.js";
import { flags } from "./flags.js";
import type { Value, Values } from "./parse.js";
import { settingNames } from "./settings.js";
import { list } from "./values.js";

/** One setting as it holds for a run. */
export interface EffectiveSetting {
  readonly name: string;
  readonly value: Value | number;
  /** `default`, the flag, or `file:line`; several where lists grow. */
  readonly from: readonly string[];
}

/** All that `--print-config` tells. */
export interface PrintedConfig {
  readonly root: string;
  /** The file that counts, then what it extends. */
  readonly files: readonly string[];
  readonly settings: readonly EffectiveSetting[];
  readonly form: "pretty" | "json";
}

/** Every setting of a configuration with the value that holds, and who says so. */
export function effectiveSettings(config: Config | null, given: Values): readonly EffectiveSetting[] {
  const settings = [...settingNames].map(([name, flag]) => {
    const said = config?.origins.get(flag) ?? [];
    const isFlag = given.has(flag);
    if (isFlag && flag !== "ignore") return { name, value: valueOf(flag, given), from: [`--${flag}`] };
    const all = new Map([...(config?.values ?? []), ...given]);
    if (flag === "ignore")
      all.set(flag, [...list(config?.values ?? all, flag), ...(isFlag ? list(given, flag) : [])]);
    const from = isFlag ? [...said, `--${flag}`] : said;
    return { name, value: valueOf(flag, all), from: from.length > 0 ? from : ["default"] };
  });
  const [file] = config?.files ?? [];
  const added = (name: string, value: readonly string[]): EffectiveSetting => ({
    name,
    value,
    from: value.length > 0 && file !== undefined ? [file] : ["default"],
  });
  return [
    ...settings,
    added(
      "resources",
      (config?.resources ?? []).map(({ id }) => id),
    ),
    added(
      "transforms",
      (config?.ownTransforms ?? []).map(({ path }) => path),
    ),
  ];
}

function valueOf(name: string, values: Values): Value | number {
  const flag = flags[name];
  const given = values.get(name) ?? flag?.fallback;
  if (flag?.type === "number") return Number(given);
  if (given !== undefined) return given;
  if (flag?.type === "list") return [];
  return flag?.type === "boolean" ? false : (flag?.choices?.[0] ?? "");
}
