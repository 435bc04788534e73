// <tenure-condition>: builds a condition out of rows and groups. Its form sends the textarea: the document as JSON.
class TenureCondition extends HTMLElement {
  async connectedCallback() {
    const { Editor } = await import("./condition-editor/editor.js");
    if (this.isConnected) this.editor ??= new Editor(this);
  }

  disconnectedCallback() {
    this.editor?.leave();
    this.editor = undefined;
  }
}

customElements.define("tenure-condition", TenureCondition);
