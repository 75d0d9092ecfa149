import type { Colors } from "./style.js";

/** Colours a unified diff; what a terminal would act on is made visible. */
export function coloured(diff: string, colors: Colors): string {
  return diff
    .split("\n")
    .map((line) => colourOf(line, colors)(visible(line)))
    .join("\n");
}

function colourOf(line: string, colors: Colors): (text: string) => string {
  if (line.startsWith("+++") || line.startsWith("---")) return colors.bold;
  if (line.startsWith("@@")) return colors.cyan;
  if (line.startsWith("+")) return colors.green;
  if (line.startsWith("-")) return colors.red;
  return (text) => text;
}

/** Source text may hold escape sequences; a diff must not let them reach the terminal. */
export function visible(line: string): string {
  return line.replace(/\r$/, "").replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, (sign) => {
    return `\\x${sign.charCodeAt(0).toString(16).padStart(2, "0")}`;
  });
}
