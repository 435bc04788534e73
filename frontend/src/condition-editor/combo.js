// A text field that finds one of many options, in groups: ↓ ↑ walk, Enter and Tab choose, Escape closes.
import { make } from "./parts.js";

const MOST = 200;
let count = 0;

export class Combo {
  // options: [{ value, label, group }]; pick(value); free: a text that is none of them is taken, too.
  constructor({ name, label, text = "", placeholder = "", nothing = "", options, free = false, pick, back }) {
    Object.assign(this, { text, nothing, options, free, pick, back, shown: [], at: -1 });
    const id = `condition-list-${++count}`;
    this.input = make("input", { className: "form-control", type: "text", role: "combobox", "aria-label": label, "aria-expanded": "false", "aria-controls": id, "aria-autocomplete": "list", autocomplete: "off", placeholder, value: text, maxLength: 200 });
    this.input.dataset.name = name;
    this.list = make("ul", { id, role: "listbox", "aria-label": label, hidden: true });
    this.element = make("div", { className: "condition-combo" }, this.input, this.list);
    this.input.addEventListener("click", () => this.open());
    this.input.addEventListener("input", () => this.open(this.input.value));
    this.input.addEventListener("blur", () => this.leave());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("mousedown", (event) => {
      event.preventDefault(); // the field keeps the focus
      const option = event.target.closest("[role=option]");
      if (option) this.take(Number(option.dataset.at));
    });
  }

  open(typed = "") {
    const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
    const says = ({ label, group }) => `${label} ${group ?? ""}`.toLowerCase();
    this.shown = this.options.filter((each) => words.every((one) => says(each).includes(one))).slice(0, MOST);
    this.list.replaceChildren(...this.lines());
    this.list.hidden = this.free && !this.shown.length;
    this.mark(this.shown.length && (typed || !this.free) ? 0 : -1);
  }

  lines() {
    if (!this.shown.length) return [make("li", { className: "condition-nothing" }, this.nothing)];
    let group;
    return this.shown.flatMap((each, at) => {
      const option = make("li", { id: `${this.list.id}-${at}`, role: "option" }, each.label);
      option.dataset.at = at;
      const head = each.group !== group ? [make("li", { className: "condition-group-name", role: "presentation" }, each.group)] : [];
      group = each.group;
      return [...head, option];
    });
  }

  mark(at) {
    this.at = at;
    const options = [...this.list.querySelectorAll("[role=option]")];
    options.forEach((option, number) => option.setAttribute("aria-selected", String(number === at)));
    options[at]?.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    if (options[at]) this.input.setAttribute("aria-activedescendant", options[at].id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  close() {
    this.list.hidden = true;
    this.mark(-1);
  }

  leave() {
    this.close();
    const typed = this.input.value.trim();
    if (this.free && typed) setTimeout(() => this.say(typed)); // once the focus is where it goes
    else this.input.value = this.text;
  }

  take(at) {
    const option = this.shown[at];
    this.close();
    if (option) this.say(option.value);
  }

  say(value) {
    this.input.value = this.text;
    this.pick(value);
  }

  key(event) {
    const isOpen = !this.list.hidden;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.isComposing || event.altKey) return;
    if (step && !isOpen) this.open();
    else if (step) this.mark((this.at + step + this.shown.length) % (this.shown.length || 1));
    else if (event.key === "Escape" && isOpen) this.close();
    else if (event.key === "Enter" && isOpen && this.at >= 0) this.take(this.at);
    else if (event.key === "Enter" && this.free && this.input.value.trim()) this.say(this.input.value.trim());
    else if (event.key === "Backspace" && !this.input.value && this.back) this.back();
    else return;
    event.preventDefault();
    event.stopPropagation(); // nor does the drawer close
  }
}
