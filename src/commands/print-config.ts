import { relative } from "node:path";
import type { PrintedConfig } from "../options/effective.js";
import type { Session } from "./session.js";

/** `--print-config`: what holds here, and who says so. */
export function printConfig(config: PrintedConfig, session: Session): 0 {
  session.print(config.form === "json" ? asJson(config) : asText(config));
  return 0;
}

function asJson({ root, files, settings }: PrintedConfig): string {
  const named = settings.map(({ name, value, from }) => [
    name,
    { value, from: from.map((one) => shortened(one, root)) },
  ]);
  const content = { files: files.map((file) => shortened(file, root)), settings: Object.fromEntries(named) };
  return `${JSON.stringify(content, null, 2)}\n`;
}

function asText({ root, files, settings }: PrintedConfig): string {
  const [file, ...bases] = files.map((one) => shortened(one, root));
  const head =
    file === undefined ? "No configuration was found: defaults and flags hold." : `Configuration  ${file}`;
  const rows = settings.map(({ name, value, from }) => ({
    name,
    value: JSON.stringify(value),
    from: from.map((one) => shortened(one, root)).join(", "),
  }));
  const widest = Math.min(40, Math.max(...rows.map((row) => row.value.length)));
  const lines = rows.map((row) => `${row.name.padEnd(16)}${row.value.padEnd(widest)}  ${row.from}`);
  return [head, ...bases.map((base) => `extends        ${base}`), "", ...lines, ""].join("\n");
}

/** Relative to where the run starts, where that is shorter. */
function shortened(place: string, root: string): string {
  const way = relative(root, place);
  return place.startsWith("/") && way.length < place.length ? way : place;
}
