// What a leaf's value looks like, by the type of its field and the comparison, and how it becomes that of another.
export const NUMBERS = ["number", "share", "money", "days"];
export const GROUPS = ["choice", "text", "yes_no"]; // what can be ranked within
const LISTED = ["in", "not_in", "contains_any", "contains_all", "contains_none"];
const FIRST = { number: "<", share: "<", money: ">=", days: ">=", date: "in_last_days", choice: "in", choices: "contains_any", text: "contains", yes_no: "=", member: "in" };

export function shapeOf(type, comparison) {
  if (["known", "unknown"].includes(comparison)) return "none";
  if (["top", "bottom"].includes(comparison)) return "rank";
  if (["in_next_days", "in_last_days"].includes(comparison)) return "days";
  if (comparison === "between") return type === "date" ? "dates" : "numbers";
  if (LISTED.includes(comparison)) return "list";
  return { date: "date", choice: "option", text: "text", yes_no: "yes_no" }[type] ?? "number";
}

function emptyOf(shape) {
  return { rank: { count: 10 }, days: 30, dates: [null, null], numbers: [null, null], list: [], yes_no: true, text: "" }[shape] ?? null;
}

function converted(value, from, to) {
  if (from === to) return value;
  const [one, pair] = [["number", "date", "option", "text"], ["numbers", "dates", "list"]];
  if (one.includes(from) && { number: "numbers", date: "dates" }[from] === to) return [value, null];
  if (["option", "text"].includes(from) && to === "list" && value) return [value];
  if (pair.includes(from) && one.includes(to) && value.length) return value[0];
  return emptyOf(to);
}

// A leaf of the field; what it compared before stays where it still makes sense.
export function setField(leaf, field, before) {
  const comparison = before?.type === field.type ? leaf.comparison : FIRST[field.type];
  const keeps = before?.type === field.type && !field.options && !before.options;
  leaf.field = field.key;
  if (!NUMBERS.includes(field.type) || (leaf.change?.against === "period_before" && !field.window)) delete leaf.change;
  if (keeps) return;
  leaf.comparison = comparison;
  delete leaf.within;
  setValue(leaf, emptyOf(shapeOf(field.type, comparison)), field);
}

export function setComparison(leaf, comparison, field) {
  const value = converted(leaf.value, shapeOf(field.type, leaf.comparison), shapeOf(field.type, comparison));
  leaf.comparison = comparison;
  if (shapeOf(field.type, comparison) !== "rank") delete leaf.within;
  setValue(leaf, value, field);
}

function setValue(leaf, value, field) {
  if (shapeOf(field.type, leaf.comparison) === "none") delete leaf.value;
  else leaf.value = value;
}

// "value" (null), "period_before", "year_before", "days_before"
export function setMeasure(leaf, against) {
  const before = leaf.change;
  if (!against) delete leaf.change;
  else leaf.change = { ...(before ?? { as: "share" }), against };
  if (against === "days_before") leaf.change.days ??= 28;
  else if (leaf.change) delete leaf.change.days;
  if (Boolean(before) !== Boolean(leaf.change) && !["top", "bottom"].includes(leaf.comparison)) {
    leaf.value = emptyOf(Array.isArray(leaf.value) ? "numbers" : "number"); // another unit
  }
}

export function isComplete(leaf, field) {
  if (!field || !leaf.comparison) return false;
  if (leaf.change?.against === "days_before" && !leaf.change.days) return false;
  const shape = shapeOf(field.type, leaf.comparison);
  if (shape === "none") return true;
  if (shape === "list") return leaf.value.length > 0;
  if (shape === "rank") return Object.values(leaf.value).every((each) => each !== null);
  return (Array.isArray(leaf.value) ? leaf.value : [leaf.value]).every(isSaid);
}

function isSaid(value) {
  if (value && typeof value === "object") return value.days !== null;
  return value !== null && value !== undefined && value !== "";
}
