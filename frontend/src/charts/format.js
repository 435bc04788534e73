// Axis numbers and days. Values on hover come formatted from the server.
const language = document.documentElement.lang || "en";
const plain = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
const short = new Intl.NumberFormat(language, { notation: "compact", maximumFractionDigits: 1 });
const signed = new Intl.NumberFormat("en", { maximumFractionDigits: 1, signDisplay: "exceptZero" });

export function axisNumber(unit) {
  if (unit === "share") return (value) => `${plain.format(value * 100)}%`;
  return (value) => (Math.abs(value) >= 10000 ? short : plain).format(value);
}

export function axisDay(days) {
  const long = (Date.parse(days.at(-1)) - Date.parse(days[0])) / 86_400_000 > 200;
  return (time) => {
    const day = new Date(time).toISOString();
    return long ? day.slice(0, 7) : day.slice(5, 10);
  };
}

export function difference(unit, now, before) {
  if (now == null || before == null || now === before) return "";
  return signed.format(unit === "share" ? (now - before) * 100 : now - before).replace("-", "\u2212");
}
