// Axis numbers and days. Values on hover come formatted from the server.
const language = document.documentElement.lang || "en";
const plain = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
const short = new Intl.NumberFormat(language, { notation: "compact", maximumFractionDigits: 1 });
const signed = new Intl.NumberFormat("en", { maximumFractionDigits: 1, signDisplay: "exceptZero" });

const DAY_MS = 86_400_000;

export function axisNumber(unit) {
  if (unit === "share") return (value) => `${plain.format(value * 100)}%`;
  return (value) => (Math.abs(value) >= 10000 ? short : plain).format(value);
}

export function axisDay(days) {
  const long = (Date.parse(days.at(-1)) - Date.parse(days[0])) / DAY_MS > 200;
  return (time) => {
    const day = new Date(time).toISOString();
    return long ? day.slice(0, 7) : day.slice(5, 10);
  };
}

// The days of a time axis that get a label, evenly apart: back from the last one, or the first of every so many months.
export function labelledDays(days) {
  const [first, last] = [Date.parse(days[0]), Date.parse(days.at(-1))];
  const span = (last - first) / DAY_MS;
  const found = [];
  if (span <= 120) {
    const step = DAY_MS * (span <= 10 ? 1 : span <= 75 ? 7 : 14);
    for (let time = last; time >= first; time -= step) found.unshift(time);
    return found;
  }
  const every = Math.ceil(span / 30 / 8);
  const year = new Date(first).getUTCFullYear();
  for (let month = 0; ; month += every) {
    const time = Date.UTC(year, month, 1);
    if (time > last) return found;
    if (time >= first) found.push(time);
  }
}

export function difference(unit, now, before) {
  if (now == null || before == null || now === before) return "";
  return signed.format(unit === "share" ? (now - before) * 100 : now - before).replace("-", "\u2212");
}
