// The editor behind <tenure-condition>: the document is drawn anew after every change but typing.
import { History } from "./history.js";
import { Outcome } from "./outcome.js";
import { button } from "./parts.js";
import { nodeElement } from "./rows.js";
import { isComplete } from "./shapes.js";
import { kindOf, move, partsOf } from "./tree.js";

export class Editor {
  constructor(host) {
    this.host = host;
    this.text = host.querySelector("textarea");
    this.tree = host.querySelector(".condition-tree");
    this.data = JSON.parse(host.querySelector("template").content.textContent);
    this.words = this.data.words;
    this.members = this.data.members;
    this.fields = new Map(this.data.groups.flatMap((group) => group.fields.map((each) => [each.key, each])));
    this.read(this.text.value);
    this.history = new History(this.document());
    this.outcome = new Outcome(host, this.words, (text, path) => this.showProblem(text, path));
    this.undoButton = button(this.words.undo, "btn btn-sm btn-ghost", () => this.back("undo"), "undo");
    this.redoButton = button(this.words.redo, "btn btn-sm btn-ghost", () => this.back("redo"), "redo");
    host.querySelector(".condition-tools").replaceChildren(this.undoButton, this.redoButton);
    this.onKey = (event) => this.key(event);
    host.addEventListener("keydown", this.onKey);
    this.draw();
    this.tell();
    if (host.dataset.problem) this.showProblem(host.dataset.problem, host.dataset.path);
    host.dataset.ready = "";
  }

  leave() {
    this.outcome.stop();
    this.host.removeEventListener("keydown", this.onKey);
  }

  read(text) {
    try {
      const { version: _version, ...root } = JSON.parse(text);
      this.root = Object.keys(root).length ? root : { all: [] };
    } catch {
      this.root = { all: [] };
    }
  }

  document() {
    return JSON.stringify({ version: 1, ...this.root });
  }

  // Changes the tree and draws it; the focus goes to a control of a node, else stays where it is.
  change(act, node, name) {
    const focus = node ? { node, name } : this.focused();
    act();
    this.history.keep(this.document());
    this.draw();
    this.focus(focus);
    this.tell();
  }

  // Changes a value while it is typed; what is drawn stays.
  type(node, name, act) {
    act();
    this.numbers ??= new WeakMap();
    if (!this.numbers.has(node)) this.numbers.set(node, Math.random());
    this.history.keep(this.document(), `${this.numbers.get(node)} ${name}`);
    const row = this.elements.get(node);
    if (kindOf(node) === "field") row.classList.toggle("condition-missing", !isComplete(node, this.fields.get(node.field)));
    this.tell();
  }

  back(way) {
    const at = document.activeElement?.closest("[data-path]")?.dataset.path;
    const name = document.activeElement?.dataset.name;
    this.read(this.history[way]());
    this.draw();
    this.tell();
    const places = [...this.tree.querySelectorAll("[data-path]")];
    const control = (place) => place && [...place.querySelectorAll("[data-name]")].find((each) => each.dataset.name === name);
    const found = at === undefined ? null : control(places.find((each) => each.dataset.path === at));
    (found ?? (this.undoButton.disabled ? this.redoButton : this.undoButton)).focus();
  }

  draw() {
    this.elements = new Map();
    this.nodes = new Map();
    this.tree.replaceChildren(nodeElement(this, this.root, ""));
    if (kindOf(this.root) !== "all" && kindOf(this.root) !== "any") this.tree.append(this.addButton());
    this.undoButton.disabled = !this.history.past.length;
    this.redoButton.disabled = !this.history.future.length;
  }

  addButton() {
    const leaf = {};
    return button(this.words.add, "btn btn-sm", () => this.change(() => (this.root = { all: [this.root, leaf] }), leaf, "field"), "add");
  }

  focused() {
    const name = document.activeElement?.dataset.name;
    const element = name && this.host.contains(document.activeElement) && document.activeElement.closest("[data-path]");
    return element ? { node: this.nodes.get(element), name } : undefined;
  }

  focus(wanted) {
    if (!wanted) return;
    const element = this.elements.get(wanted.node) ?? this.tree;
    const control = element.querySelector(`[data-name="${CSS.escape(wanted.name)}"]`) ?? element.querySelector("[data-name=add]") ?? this.undoButton;
    control.focus();
    if (wanted.name === "field" && !wanted.node?.field) control.click(); // shows what there is to choose
  }

  tell() {
    const text = this.document();
    this.text.value = text;
    this.tree.querySelectorAll(".condition-wrong").forEach((each) => this.hideProblem(each));
    this.undoButton.disabled = !this.history.past.length;
    if (this.isComplete(this.root)) this.outcome.ask(text);
    else this.outcome.say(this.words.incomplete);
    this.host.dispatchEvent(new CustomEvent("condition", { bubbles: true }));
  }

  isComplete(node) {
    if (kindOf(node) === "field") return isComplete(node, this.fields.get(node.field));
    return node.days !== null && partsOf(node).every((part) => this.isComplete(part));
  }

  // At the innermost node whose path the server's begins with.
  showProblem(text, path) {
    const places = [...this.tree.querySelectorAll("[data-path]")].filter(({ dataset }) => path === dataset.path || !dataset.path || /^[.[]/.test(path.slice(dataset.path.length)) && path.startsWith(dataset.path));
    const place = places.sort((one, other) => other.dataset.path.length - one.dataset.path.length)[0];
    const line = place.querySelector(":scope > .field-error");
    place.classList.add("condition-wrong");
    line.textContent = text;
    line.hidden = false;
  }

  hideProblem(place) {
    place.classList.remove("condition-wrong");
    place.querySelector(":scope > .field-error").hidden = true;
  }

  key(event) {
    const control = event.ctrlKey || event.metaKey;
    const letter = event.key.toLowerCase();
    if (control && (letter === "z" || letter === "y")) {
      event.preventDefault();
      this.back(letter === "y" || event.shiftKey ? "redo" : "undo");
    } else if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      const at = this.focused();
      if (at) this.change(() => (this.root = move(this.root, at.node, event.key === "ArrowUp" ? -1 : 1)), at.node, at.name);
    } else if (event.key === "Enter" && event.target.matches("input")) {
      event.preventDefault(); // a value is done; only Ctrl+Enter sends the form
      if (control) this.host.closest("form")?.requestSubmit();
    } else if (event.key === "Escape") {
      this.closeMenu(event);
    }
  }

  closeMenu(event) {
    const menu = this.host.querySelector("details.menu[open]");
    if (!menu) return;
    event.preventDefault(); // the drawer stays open
    event.stopPropagation();
    menu.open = false;
    menu.querySelector("summary").focus();
  }
}
