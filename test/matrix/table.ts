import type { CellState, Judged } from "./judge.js";

const states: readonly CellState[] = ["fixed", "clean", "left", "still-leaks", "broken"];

/** The cells by kind and by context, what falls short, and the totals. */
export function tables(judged: readonly Judged[]): string {
  return [
    table("kind", judged, ({ program }) => program.kind.id),
    table("context", judged, ({ program }) => program.context.id),
    table("exit", judged, null),
  ].join("\n\n");
}

function table(title: string, judged: readonly Judged[], keyOf: ((one: Judged) => string) | null): string {
  const rows = judged.flatMap((one) =>
    one.cells.map((cell) => ({ key: keyOf?.(one) ?? cell.id.split("#")[1] ?? "", state: cell.state })),
  );
  const keys = [...new Set(rows.map(({ key }) => key))];
  const count = (key: string | null): readonly string[] =>
    [null, ...states].map((state) =>
      String(
        rows.filter((row) => (key === null || row.key === key) && (state === null || row.state === state))
          .length,
      ),
    );
  return aligned([
    [title, "cells", ...states],
    ...keys.map((key) => [key, ...count(key)]),
    ["all", ...count(null)],
  ]);
}

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0))) ?? [];
  const cell = (text: string, i: number): string =>
    i === 0 ? text.padEnd(widths[i] ?? 0) : text.padStart(widths[i] ?? 0);
  return rows.map((row) => row.map(cell).join("  ").trimEnd()).join("\n");
}
