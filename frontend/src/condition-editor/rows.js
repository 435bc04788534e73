// A node of the condition as a row, or as a box around the rows of its parts.
import { Combo } from "./combo.js";
import { button, make, select, wholeInput, word } from "./parts.js";
import { NUMBERS, isComplete, setComparison, setField, setMeasure } from "./shapes.js";
import { addAfter, canUnwrap, isList, kindOf, move, parentOf, partsOf, placesOf, remove, unwrap, wrap } from "./tree.js";
import { minimumControls, valueControls } from "./values.js";

export function nodeElement(editor, node, path) {
  const element = kindOf(node) === "field" ? rowElement(editor, node) : boxElement(editor, node, path);
  element.dataset.path = path;
  editor.elements.set(node, element);
  editor.nodes.set(element, node);
  return element;
}

function boxElement(editor, node, path) {
  const parts = placesOf(node, path).map(([part, place]) => nodeElement(editor, part, place));
  const list = make("div", { className: "condition-parts" }, ...parts);
  const head = make("div", { className: "condition-head" }, ...headControls(editor, node), ...(node === editor.root && isList(node) ? [] : [toolsOf(editor, node)]));
  const foot = isList(node) ? [make("div", { className: "condition-foot" }, ...footButtons(editor, node))] : [];
  return make("div", { className: `condition-box condition-${kindOf(node)}` }, head, list, ...foot, problemLine());
}

function headControls(editor, node) {
  const { words } = editor;
  const kind = kindOf(node);
  if (isList(node)) {
    const turn = (chosen) => editor.change(() => turnInto(node, chosen), node, "kind");
    return [select("kind", words[kind], [["all", words.all], ["any", words.any]], kind, turn)];
  }
  if (kind === "not") return [word(words.not)];
  const days = wholeInput("days", words.days, node.days, (value) => editor.type(node, "days", () => (node.days = value)));
  return [word(words[kind]), days, word(words.days)];
}

function turnInto(node, kind) {
  const parts = partsOf(node);
  delete node[kindOf(node)];
  node[kind] = parts;
}

function footButtons(editor, node) {
  const { words } = editor;
  const add = (part, focus) => editor.change(() => partsOf(node).push(part), focus, "field");
  const empty = node === editor.root && !partsOf(node).length ? [make("p", { className: "quiet" }, words.everyone)] : [];
  const row = button(words.add, "btn btn-sm", () => {
    const leaf = {};
    add(leaf, leaf);
  }, "add");
  const group = button(words.addGroup, "btn btn-sm btn-ghost", () => {
    const leaf = {};
    add({ [kindOf(node) === "all" ? "any" : "all"]: [leaf] }, leaf);
  }, "add-group");
  return [...empty, row, group];
}

function rowElement(editor, leaf) {
  const field = editor.fields.get(leaf.field);
  const controls = [fieldControl(editor, leaf, field)];
  if (field) controls.push(...measureControls(editor, leaf, field), comparisonControl(editor, leaf, field), ...valueControls(editor, leaf, field));
  const row = make("div", { className: "condition-row" }, make("div", { className: "condition-controls" }, ...controls), toolsOf(editor, leaf), problemLine());
  row.classList.toggle("condition-missing", !isComplete(leaf, field));
  return row;
}

function problemLine() {
  return make("p", { className: "field-error", hidden: true, role: "alert" });
}

function fieldControl(editor, leaf, field) {
  const { words } = editor;
  const options = editor.data.groups.flatMap((group) => group.fields.map((each) => ({ value: each.key, label: each.name, group: group.name })));
  const gone = leaf.field && !field ? words.unknownField.replace("#", leaf.field) : "";
  const pick = (key) => editor.change(() => setField(leaf, editor.fields.get(key), field), leaf, "comparison");
  const combo = new Combo({ name: "field", label: words.field, text: field?.name ?? gone, placeholder: words.field, nothing: words.nothing, options, pick });
  combo.element.classList.add("condition-field");
  return combo.element;
}

function comparisonControl(editor, leaf, field) {
  const offered = editor.data.comparisons[field.type];
  return select("comparison", editor.words.comparison, offered, leaf.comparison, (chosen) => editor.change(() => setComparison(leaf, chosen, field), leaf, "comparison"));
}

function measureControls(editor, leaf, field) {
  const { words } = editor;
  if (!NUMBERS.includes(field.type)) return [];
  const measures = [["", words.itself], ["year_before", words.year_before], ["days_before", words.days_before]];
  if (field.window) measures.splice(1, 0, ["period_before", words.period_before.replace("#", field.window)]);
  const set = (chosen) => editor.change(() => setMeasure(leaf, chosen), leaf, "measure");
  const controls = [select("measure", words.measure, measures, leaf.change?.against ?? "", set)];
  if (!leaf.change) return controls;
  if (leaf.change.against === "days_before") {
    controls.push(wholeInput("change-days", words.days_before, leaf.change.days, (days) => editor.type(leaf, "change-days", () => (leaf.change.days = days))), word(words.days));
  }
  const as = (chosen) => editor.change(() => (leaf.change.as = chosen), leaf, "as");
  controls.push(select("as", words.measure, [["share", words.share], ["difference", words.difference]], leaf.change.as ?? "share", as));
  return [...controls, ...minimumControls(editor, leaf, field)];
}

function toolsOf(editor, node) {
  const { words } = editor;
  const act = (verb, focus = node) => () => editor.change(() => (editor.root = verb(editor.root)), focus, "menu");
  const items = [
    [words.moveUp, act((root) => move(root, node, -1)), "Alt ↑"],
    [words.moveDown, act((root) => move(root, node, 1)), "Alt ↓"],
    [words.duplicate, () => duplicate(editor, node)],
    [words.wrapAll, act((root) => wrap(root, node, kindOf(parentOf(root, node) ?? {}) === "all" ? "any" : "all"))],
    [words.wrapNot, act((root) => wrap(root, node, "not"))],
    [words.wrapHeld, act((root) => wrap(root, node, "held"))],
    [words.wrapBecame, act((root) => wrap(root, node, "became"))],
    ...(canUnwrap(editor.root, node) ? [[words.unwrap, act((root) => unwrap(root, node), partsOf(node)[0])]] : []),
  ];
  const sheet = make("div", { className: "menu-sheet" }, ...items.map(([text, verb, keys]) => {
    const item = button(text, "menu-item", verb);
    if (keys) item.append(make("small", {}, keys));
    return item;
  }));
  const summary = make("summary", { className: "btn btn-sm btn-ghost", "aria-label": words.more, title: words.more }, "⋯");
  summary.dataset.name = "menu";
  const cross = button("×", "btn btn-sm btn-ghost", () => removeNode(editor, node), "remove");
  cross.setAttribute("aria-label", words.remove);
  cross.title = words.remove;
  return make("div", { className: "condition-row-tools" }, make("details", { className: "menu" }, summary, sheet), cross);
}

function duplicate(editor, node) {
  const copy = structuredClone(node);
  editor.change(() => (editor.root = addAfter(editor.root, node, copy)), copy, "menu");
}

// The focus goes to what stands there next, or to the button that adds another.
function removeNode(editor, node) {
  const parent = parentOf(editor.root, node);
  const parts = parent ? partsOf(parent) : [];
  const next = parts[parts.indexOf(node) + 1] ?? parts[parts.indexOf(node) - 1];
  editor.change(() => (editor.root = remove(editor.root, node)), next ?? "root", "remove");
}
