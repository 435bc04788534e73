// <tenure-files>: a file field that collects what is chosen or dropped on the form, and shows it.
class Files extends HTMLElement {
  connectedCallback() {
    if (this.field) return; // moved while the form around it was drawn anew
    this.field = this.querySelector("input[type=file]");
    this.names = this.querySelector("ul");
    this.held = new DataTransfer();
    this.field.addEventListener("change", () => this.take(this.field.files));
    this.names.addEventListener("click", (event) => {
      const line = event.target.closest("li");
      if (event.target.closest("button")) this.drop([...this.names.children].indexOf(line));
    });
  }

  take(files) {
    for (const file of files) this.held.items.add(file);
    this.show();
  }

  drop(number) {
    this.held.items.remove(number);
    this.show();
    this.field.focus();
  }

  show() {
    this.field.files = this.held.files;
    this.names.replaceChildren(...[...this.held.files].map((file) => {
      const line = this.querySelector("template").content.firstElementChild.cloneNode(true);
      line.querySelector("span").textContent = file.name;
      return line;
    }));
  }
}

customElements.define("tenure-files", Files);

document.addEventListener("dragover", (event) => {
  if (event.target.closest("form")?.querySelector("tenure-files")) event.preventDefault();
});
document.addEventListener("drop", (event) => {
  const files = event.target.closest("form")?.querySelector("tenure-files");
  if (!files) return;
  event.preventDefault();
  files.take(event.dataTransfer.files);
});
