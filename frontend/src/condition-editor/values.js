// The controls of a leaf's value, by its shape.
import { Combo } from "./combo.js";
import { button, input, make, numberInput, select, wholeInput, word } from "./parts.js";
import { GROUPS, shapeOf } from "./shapes.js";

export function valueControls(editor, leaf, field) {
  const { words } = editor;
  const shape = shapeOf(field.type, leaf.comparison);
  const type = (value) => editor.type(leaf, "value", () => (leaf.value = value));
  switch (shape) {
    case "none":
      return [];
    case "rank":
      return rankControls(editor, leaf);
    case "days":
      return [wholeInput("value", words.value, leaf.value, type), word(words.days)];
    case "number":
      return [numberControl(editor, leaf, field, "value", words.value, leaf.value, type), ...unitOf(editor, leaf, field)];
    case "numbers":
      return pair(editor, leaf, (each, name, label, act) => [numberControl(editor, leaf, field, name, label, each, act)]).concat(unitOf(editor, leaf, field));
    case "date":
      return whenControls(editor, leaf, "value", words.value, leaf.value, (value) => (leaf.value = value));
    case "dates":
      return pair(editor, leaf, (each, name, label, act, set) => whenControls(editor, leaf, name, label, each, set));
    case "list":
      return [listControl(editor, leaf, field)];
    case "yes_no":
      return [select("value", words.value, [["true", words.yes], ["false", words.no]], String(leaf.value), (value) => editor.change(() => (leaf.value = value === "true"), leaf, "value"))];
    case "option":
      if (field.options) return [optionControl(editor, leaf, field)];
  }
  const made = input("value", words.value, "text", leaf.value, type);
  made.maxLength = 200;
  return [made];
}

// Shares are said in per cent, and so is any change that is one.
function scaleOf(leaf, field) {
  const isShare = leaf.change ? leaf.change.as !== "difference" || field.type === "share" : field.type === "share";
  return isShare ? 100 : 1;
}

function unitOf({ words }, leaf, field) {
  if (leaf.change && leaf.change.as !== "difference") return [word("%")];
  if (leaf.change && field.type === "share") return [word(words.points)];
  return unitOfField(words, field);
}

function unitOfField(words, field) {
  if (field.type === "share") return [word("%")];
  const unit = field.type === "days" ? words.days : field.unit;
  return unit ? [word(unit)] : [];
}

function numberControl(editor, leaf, field, name, label, value, act) {
  return numberInput(name, label, value, scaleOf(leaf, field), act);
}

// The smallest base of a change is in the field's own unit.
export function minimumControls(editor, leaf, field) {
  const set = (value) => editor.type(leaf, "minimum", () => (value === null ? delete leaf.change.minimum : (leaf.change.minimum = value)));
  const control = numberInput("minimum", editor.words.minimum, leaf.change.minimum, field.type === "share" ? 100 : 1, set);
  control.classList.add("condition-short");
  return [word(editor.words.minimum), control, ...unitOfField(editor.words, field)];
}

function pair(editor, leaf, controls) {
  const { words } = editor;
  return ["from", "to"].flatMap((name, at) => {
    const set = (value) => (leaf.value = leaf.value.map((each, number) => (number === at ? value : each)));
    const act = (value) => editor.type(leaf, name, () => set(value));
    return [...(at ? [word(words.and)] : []), ...controls(leaf.value[at], name, words[name], act, set)];
  });
}

function rankControls(editor, leaf) {
  const { words } = editor;
  const [unit] = Object.keys(leaf.value);
  const number = wholeInput("value", words.value, leaf.value[unit], (value) => editor.type(leaf, "value", () => (leaf.value = { [unit]: value })));
  number.step = "any";
  const units = select("unit", words.value, [["count", words.count], ["percent", words.percent]], unit, (chosen) =>
    editor.change(() => (leaf.value = { [chosen]: leaf.value[unit] }), leaf, "unit"));
  const among = [...editor.fields.values()].filter((each) => GROUPS.includes(each.type)).map((each) => [each.key, words.same.replace("#", each.name)]);
  const within = select("within", words.within, [["", words.everybody], ...among], leaf.within ?? "", (chosen) =>
    editor.change(() => (chosen ? (leaf.within = chosen) : delete leaf.within), leaf, "within"));
  return [number, units, within];
}

function whenControls(editor, leaf, name, label, value, set) {
  const { words } = editor;
  const isRelative = Boolean(value) && typeof value === "object";
  const type = (next) => editor.type(leaf, name, () => set(next));
  const change = (next, focus) => editor.change(() => set(next), leaf, focus);
  const kind = select(`${name}-kind`, label, [["date", words.date], ["relative", words.relative]], isRelative ? "relative" : "date", (chosen) =>
    change(chosen === "relative" ? { days: isRelative ? value.days : -30 } : isRelative ? null : value, `${name}-kind`));
  if (!isRelative) return [kind, input(name, label, "date", value, (text) => type(text || null))];
  const sign = value.days > 0 ? 1 : -1;
  const days = wholeInput(name, label, value.days === null ? "" : Math.abs(value.days), (count) => type({ days: count === null ? null : count && count * (side.value === "after" ? 1 : -1) }));
  const side = select(`${name}-side`, label, [["before", words.before], ["after", words.after]], sign > 0 ? "after" : "before", (chosen) =>
    change({ days: Math.abs(value.days ?? 0) * (chosen === "after" ? 1 : -1) || 0 }, `${name}-side`));
  return [kind, days, side];
}

function optionControl(editor, leaf, field) {
  const known = field.options.some(([value]) => value === leaf.value);
  const options = known ? field.options : [[leaf.value ?? "", leaf.value ?? ""], ...field.options];
  return select("value", editor.words.value, options, leaf.value ?? "", (value) => editor.change(() => (leaf.value = value || null), leaf, "value"));
}

function listControl(editor, leaf, field) {
  const { words } = editor;
  const known = field.type === "member" ? editor.members : field.options;
  const names = new Map(known);
  const kept = (text) => (field.type === "member" && text !== "me" ? Number(text) : text);
  const set = (values, ...focus) => editor.change(() => (leaf.value = values), ...focus);
  const chips = leaf.value.map((value) => {
    const name = names.get(String(value)) ?? (field.type === "member" ? `#${value}` : value);
    const remove = button("×", "condition-chip-remove", () => set(leaf.value.filter((each) => each !== value), leaf, "value"));
    remove.setAttribute("aria-label", words.removeOf.replace("#", name));
    return make("span", { className: "tag tone-accent" }, name, remove);
  });
  const left = (known ?? []).filter(([value]) => !leaf.value.includes(kept(value)));
  const combo = new Combo({
    name: "value",
    label: words.value,
    placeholder: words.list,
    nothing: words.nothing,
    options: left.map(([value, label]) => ({ value, label })),
    free: !known,
    pick: (value) => leaf.value.includes(kept(value)) || set([...leaf.value, kept(value)]),
    back: () => leaf.value.length && set(leaf.value.slice(0, -1)),
  });
  return make("div", { className: "condition-list" }, ...chips, combo.element);
}
