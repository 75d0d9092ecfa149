// A table of comma-separated values, and a table for people.

/** Rows as objects by the names of the first line. Quoted fields may hold commas, line breaks and doubled quotes. */
export function parseCsv(text) {
  const [header, ...rows] = fieldsOf(text.replace(/^\uFEFF/, ""));
  return rows
    .filter((row) => row.length > 1)
    .map((row) => Object.fromEntries(header.map((name, i) => [name, row[i] ?? ""])));
}

function fieldsOf(text) {
  const rows = [[]];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gy;
  for (let match = field.exec(text); match !== null; match = field.exec(text)) {
    rows.at(-1).push(match[1]?.replaceAll('""', '"') ?? match[2]);
    if (field.lastIndex >= text.length) break;
    if (match[3] !== ",") rows.push([]);
  }
  return rows;
}

/** Aligned columns; the first row is the heading. */
export function aligned(rows) {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => String(row[i]).length)));
  return rows
    .map((row) =>
      row
        .map((cell, i) => (i === 0 ? String(cell).padEnd(widths[i]) : String(cell).padStart(widths[i])))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
