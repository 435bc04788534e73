// A chart's numbers as CSV: unrounded, oldest first, and no text that a spreadsheet would run as a formula.
const STARTS_FORMULA = /^ *[=+\-@\t\r\n＝＋－＠]/;

export function numbers(spec, first) {
  const rows = spec.kind === "heat"
    ? [[first, ...spec.x], ...spec.rows.map((name, at) => [name, ...spec.values[at]])]
    : [[first, ...spec.series.map(({ name }) => name)],
       ...spec.x.map((x, at) => [x, ...spec.series.map(({ y }) => y[at])])];
  // With a byte order mark: without it Excel reads Chinese text in the system's old encoding.
  return `\ufeff${rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("")}`;
}

function cell(value) {
  if (value == null) return "";
  if (typeof value === "number") return String(value);
  const safe = STARTS_FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
