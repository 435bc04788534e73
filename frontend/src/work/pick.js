// <tenure-pick data-name data-url>: a searchable chooser whose choices are hidden inputs.
// data-one: one choice; it fires "picked". data-free="n": a text that is no choice is taken as it is, its value begun by n.
import { Choices } from "./choices.js";

class Pick extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("[role=combobox]");
    this.choices = new Choices(this.querySelector("[role=listbox]"), () => this.dataset.url, (choice) => this.add(choice));
    this.choices.field = this.field;
    this.field.addEventListener("input", () => this.choices.ask(this.field.value));
    this.field.addEventListener("click", () => this.choices.ask(this.field.value));
    this.field.addEventListener("blur", () => this.choices.close());
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.addEventListener("click", (event) => {
      const tag = event.target.closest("[data-unpick]")?.closest(".tag");
      if (tag) this.remove(tag);
    });
  }

  key(event) {
    const typed = this.field.value.trim();
    if (event.key === "Tab" && !typed) return this.choices.close();
    if (this.choices.key(event)) return undefined;
    if (event.key === "ArrowDown") this.choices.ask(typed);
    else if (event.key === "Backspace" && !this.field.value) this.remove([...this.querySelectorAll(".tag")].pop());
    else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
      event.preventDefault(); // or the form would be sent
      if (typed && this.dataset.free) this.add({ value: this.dataset.free + typed, label: typed });
    }
    return undefined;
  }

  add({ value, label, sub }) {
    const known = [...this.querySelectorAll(`input[name="${this.dataset.name}"]`)];
    this.field.value = "";
    if (this.dataset.one !== undefined) known.forEach((input) => input.closest(".tag").remove());
    else if (known.some((input) => input.value === value)) return;
    const tag = this.querySelector("template").content.firstElementChild.cloneNode(true);
    tag.querySelector("input").value = value;
    tag.querySelector("span").textContent = label;
    tag.querySelector("small").textContent = sub ?? "";
    this.field.before(tag);
    this.tell();
  }

  remove(tag) {
    if (!tag?.querySelector("[data-unpick]")) return; // one that must be somebody is replaced, never empty
    tag.remove();
    this.field.focus();
    this.tell();
  }

  tell() {
    this.dispatchEvent(new Event("picked", { bubbles: true }));
  }
}

customElements.define("tenure-pick", Pick);
