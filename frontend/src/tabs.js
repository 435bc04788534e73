// <tenure-tabs>: buttons of role tab choose which panel is seen; arrows move between them.
class Tabs extends HTMLElement {
  connectedCallback() {
    this.tabs = [...this.querySelectorAll("[role=tab]")];
    this.tabs.forEach((tab) => tab.addEventListener("click", () => this.choose(tab)));
    this.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      const at = this.tabs.indexOf(document.activeElement);
      if (!step || at < 0) return;
      const next = this.tabs[(at + step + this.tabs.length) % this.tabs.length];
      this.choose(next);
      next.focus();
    });
  }

  choose(chosen) {
    for (const tab of this.tabs) {
      tab.setAttribute("aria-selected", String(tab === chosen));
      tab.tabIndex = tab === chosen ? 0 : -1;
      document.getElementById(tab.getAttribute("aria-controls")).hidden = tab !== chosen;
    }
  }
}

customElements.define("tenure-tabs", Tabs);
