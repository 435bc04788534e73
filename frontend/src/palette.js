// <tenure-palette>: search and actions from anywhere, Ctrl K. The server finds and draws the lines; here one walks them.
// The cursor stays in the field: ↓ ↑ Home End choose, Enter opens, Ctrl Enter in a new tab, Escape leaves.
import { openDrawer } from "./drawer.js";

const WAIT_MS = 60; // between the last letter and the question
const REMEMBERED = 12;
const OPTION = "[role=option]";

class TenurePalette extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    this.field = this.querySelector("input");
    this.list = this.querySelector("[role=listbox]");
    this.said = this.querySelector("[role=status]");
    this.chip = this.querySelector(".palette-then");
    this.then = "";
    this.field.addEventListener("input", () => this.askSoon());
    this.field.addEventListener("keydown", (event) => this.press(event));
    this.dialog.addEventListener("click", (event) => this.click(event));
    this.dialog.addEventListener("close", () => this.leave());
    this.list.addEventListener("pointermove", (event) => this.point(event.target.closest(OPTION)));
    document.addEventListener("keydown", this.shortcut);
    document.addEventListener("click", this.opener);
    if (this.dataset.account) this.remember(`account:${this.dataset.account}`);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.shortcut);
    document.removeEventListener("click", this.opener);
  }

  shortcut = (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    if (this.dialog.open) this.dialog.close();
    else this.open();
  };

  opener = (event) => {
    if (event.target.closest("[data-palette]")) this.open();
  };

  open() {
    this.dialog.showModal();
    this.field.value = "";
    this.choosing("");
    this.ask();
  }

  leave() {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.list.replaceChildren();
    this.field.setAttribute("aria-expanded", "false");
    this.field.removeAttribute("aria-activedescendant");
  }

  // A line may have to be finished by choosing a customer: Backspace in the empty field takes that back.
  choosing(then, title = "") {
    this.then = then;
    this.chip.textContent = title;
    this.chip.hidden = !then;
    this.field.value = "";
    this.field.placeholder = then ? this.dataset.which : (this.hint ??= this.field.placeholder);
    this.field.focus();
  }

  askSoon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), WAIT_MS);
  }

  // What is shown stays until the answer is there; the answer to an older question is not waited for.
  async ask() {
    clearTimeout(this.timer);
    this.asking?.abort();
    const asking = (this.asking = new AbortController());
    this.list.setAttribute("aria-busy", "true");
    if (!this.list.firstChild) this.list.append(document.getElementById("skeleton").content.cloneNode(true));
    try {
      const answer = await fetch(this.address(), { headers: { "HX-Request": "true" }, signal: asking.signal });
      if (answer.headers.has("HX-Redirect")) return location.assign(answer.headers.get("HX-Redirect"));
      if (!answer.ok) throw new Error(answer.statusText);
      const found = await answer.text();
      if (this.asking === asking && this.dialog.open) this.show(found);
    } catch (error) {
      if (error.name !== "AbortError") this.fail(this.dataset.failed);
    }
  }

  address() {
    const address = new URL(this.dataset.src, location.href);
    const told = { q: this.field.value, then: this.then, account: this.dataset.account };
    const here = `account:${this.dataset.account}`;
    if (!this.field.value.trim()) told.recent = this.remembered().filter((each) => each !== here).join(",");
    for (const [name, value] of Object.entries(told)) if (value) address.searchParams.set(name, value);
    return address;
  }

  show(found) {
    this.failed = false;
    this.list.innerHTML = found;
    this.list.scrollTop = 0;
    this.list.removeAttribute("aria-busy");
    this.said.textContent = this.list.firstElementChild?.dataset.said ?? "";
    this.field.setAttribute("aria-expanded", String(this.options().length > 0));
    this.choose(this.options()[0]);
  }

  fail(text) {
    this.failed = true;
    const box = document.createElement("div");
    box.className = "palette-none";
    box.textContent = text;
    this.list.replaceChildren(box);
    this.list.removeAttribute("aria-busy");
    this.said.textContent = text;
    this.field.setAttribute("aria-expanded", "false");
    this.choose(undefined);
  }

  options() {
    return [...this.list.querySelectorAll(OPTION)];
  }

  chosen() {
    return this.list.querySelector("[aria-selected=true]");
  }

  choose(option) {
    this.chosen()?.setAttribute("aria-selected", "false");
    if (!option) return this.field.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    this.field.setAttribute("aria-activedescendant", option.id);
    const first = option === this.options()[0];
    if (first) this.list.scrollTop = 0; // with the title of its group
    else option.scrollIntoView({ block: "nearest" });
  }

  point(option) {
    if (option && option !== this.chosen()) {
      this.chosen()?.setAttribute("aria-selected", "false");
      option.setAttribute("aria-selected", "true");
      this.field.setAttribute("aria-activedescendant", option.id);
    }
  }

  press(event) {
    if (event.isComposing) return; // Enter takes what an input method offers
    const all = this.options();
    const at = all.indexOf(this.chosen());
    const to = { ArrowDown: (at + 1) % all.length, ArrowUp: (at - 1 + all.length) % all.length, Home: 0, End: all.length - 1 };
    const inText = event.key === "Home" || event.key === "End" ? event.shiftKey : event.altKey;
    if (event.key in to && all.length && !inText) {
      event.preventDefault();
      this.choose(all[to[event.key]]);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (this.failed) this.ask();
      else this.follow(this.chosen(), event.ctrlKey || event.metaKey);
    } else if (event.key === "Backspace" && this.then && !this.field.value) {
      this.choosing("");
      this.ask();
    }
  }

  click(event) {
    if (event.target === this.dialog || event.target.closest(".palette-close")) return this.dialog.close();
    const option = event.target.closest(OPTION);
    if (!option) return;
    const apart = event.ctrlKey || event.metaKey;
    if (apart && option.href) return this.remember(option.dataset.ref); // the browser opens a tab
    event.preventDefault();
    event.stopPropagation();
    this.follow(option, apart);
  }

  follow(option, apart) {
    if (!option) return;
    const { drawer, then, ref, post } = option.dataset;
    if (then) {
      this.choosing(then, option.querySelector("span").textContent);
      this.ask();
      return;
    }
    if (ref && option.href) this.remember(ref);
    if (apart && option.href) {
      window.open(option.href, "_blank", "noopener");
      return;
    }
    this.dialog.close();
    if (post) this.send(post, option.dataset.name, option.dataset.value);
    else if (drawer) openDrawer(drawer);
    else location.assign(option.href);
  }

  send(address, name, value) {
    const form = document.createElement("form");
    form.method = "post";
    form.action = address;
    const here = location.pathname + location.search;
    for (const [field, held] of [["csrfmiddlewaretoken", document.body.dataset.csrf], ["next", here], [name, value]]) {
      const input = document.createElement("input");
      input.type = "hidden";
      [input.name, input.value] = [field, held];
      form.append(input);
    }
    document.body.append(form);
    form.submit();
  }

  // Only ids are remembered, on this device and for this member: names come from the server, as far as they may be seen.
  remembered() {
    try {
      return JSON.parse(localStorage.getItem(this.place()) ?? "[]");
    } catch {
      return [];
    }
  }

  remember(ref) {
    const others = this.remembered().filter((each) => each !== ref);
    localStorage.setItem(this.place(), JSON.stringify([ref, ...others].slice(0, REMEMBERED)));
  }

  place() {
    return `recent-${this.dataset.member}`;
  }
}

customElements.define("tenure-palette", TenurePalette);
