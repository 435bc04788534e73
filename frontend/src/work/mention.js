// <tenure-mention data-url>: in its text field, @ and a few letters offer members to name.
import { Choices } from "./choices.js";

const BEFORE_CARET = /(^|[\s(（，。、；：])@([^\s@]{0,20}(?: [^\s@]{0,20})?)$/;

class Mention extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("textarea");
    this.choices = new Choices(this.querySelector("[role=listbox]"), () => this.dataset.url, ({ label }) => this.name(label));
    this.choices.field = this.field;
    this.field.addEventListener("input", () => this.look());
    this.field.addEventListener("blur", () => this.choices.close());
    this.field.addEventListener("keydown", (event) => this.choices.key(event));
  }

  typed() {
    const found = BEFORE_CARET.exec(this.field.value.slice(0, this.field.selectionStart));
    return found ? found[2] : null;
  }

  look() {
    const typed = this.typed();
    if (typed === null) this.choices.close();
    else this.choices.ask(typed);
  }

  name(label) {
    const end = this.field.selectionStart;
    this.field.setRangeText(`@${label} `, end - this.typed().length - 1, end, "end");
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

customElements.define("tenure-mention", Mention);
