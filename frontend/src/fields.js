// A field edited where it stands: Enter saves (Shift+Enter or Alt+Enter: a new line), Escape puts back what was there.
import htmx from "htmx.org";

document.addEventListener("keydown", (event) => {
  const form = event.target.closest?.(".field-edit");
  if (!form || event.isComposing) return;
  if (event.key === "Escape") {
    event.preventDefault(); // the drawer stays open
    event.stopPropagation();
    cancel(form);
  }
  if (event.key !== "Enter" || event.shiftKey || event.altKey || event.target.matches("button")) return;
  event.preventDefault();
  form.requestSubmit();
});

document.addEventListener("click", (event) => {
  if (event.target.matches("[data-field-cancel]")) cancel(event.target.closest(".field-edit"));
});

function cancel(form) {
  const into = form.dataset.cancelInto;
  htmx.ajax("GET", form.dataset.cancel, into ? { target: into, swap: "innerHTML" } : { target: form, swap: "outerHTML" });
}

// What was just swapped in and wants the focus; a text is selected, so that typing replaces it.
document.addEventListener("htmx:afterSettle", (event) => {
  const wanted = event.detail.elt.matches?.("[autofocus]") ? event.detail.elt : event.detail.elt.querySelector?.("[autofocus]");
  if (!wanted?.closest(".field-row, .field-edit, .log-field")) return;
  wanted.focus();
  wanted.select?.();
});
