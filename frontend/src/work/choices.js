// A list of what the server offers for the text typed into a field: ↓ ↑ walk, Enter and Tab choose, Escape closes.
// data-none on the list is what it says when there is nothing.
export class Choices {
  constructor(list, address, choose) {
    Object.assign(this, { list, address, choose, shown: [], at: -1, asked: 0 });
    list.addEventListener("mousedown", (event) => {
      const option = event.target.closest("[role=option]");
      event.preventDefault(); // the field keeps the focus
      if (option) this.take([...list.children].indexOf(option));
    });
  }

  get open() {
    return !this.list.hidden;
  }

  ask(text) {
    const number = ++this.asked;
    clearTimeout(this.waiting);
    this.waiting = setTimeout(async () => {
      const address = new URL(this.address(), location.href);
      address.searchParams.set("q", text);
      const response = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
      if (!response?.ok || number !== this.asked) return;
      this.show((await response.json()).choices);
    }, 80);
  }

  show(choices) {
    this.shown = choices;
    this.list.replaceChildren(...choices.map((choice, number) => optionOf(choice, `${this.list.id}-${number}`)));
    const none = !choices.length && this.list.dataset.none;
    if (none) this.list.append(lineOf(none, "pick-none"));
    this.list.hidden = !choices.length && !none;
    if (this.open) this.list.scrollIntoView({ block: "nearest" });
    this.mark(choices.length ? 0 : -1);
  }

  close() {
    this.asked += 1;
    clearTimeout(this.waiting);
    this.list.hidden = true;
    this.mark(-1);
  }

  mark(at) {
    this.at = at;
    [...this.list.children].forEach((option, number) => option.setAttribute("aria-selected", String(number === at)));
    const option = this.list.children[at];
    option?.scrollIntoView({ block: "nearest" });
    this.field?.setAttribute("aria-expanded", String(this.open));
    if (option) this.field?.setAttribute("aria-activedescendant", option.id);
    else this.field?.removeAttribute("aria-activedescendant");
  }

  take(at) {
    const choice = this.shown[at];
    this.close();
    if (choice) this.choose(choice);
  }

  // Whether the key was meant for the list.
  key(event) {
    if (!this.open || (!this.shown.length && event.key !== "Escape")) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.mark((this.at + step + this.shown.length) % this.shown.length);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Enter" || event.key === "Tab") this.take(this.at);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }
}

function lineOf(text, name) {
  const line = document.createElement("li");
  line.className = name;
  line.textContent = text;
  return line;
}

function optionOf({ label, sub }, id) {
  const option = document.createElement("li");
  option.id = id;
  option.setAttribute("role", "option");
  const name = document.createElement("span");
  name.textContent = label;
  option.append(name);
  if (sub) {
    const small = document.createElement("small");
    small.textContent = sub;
    option.append(small);
  }
  return option;
}
