// A form with data-draft="name" is kept on this device while one types, until it is saved. Opened again, it is drawn as
// it was left: what is kept goes to data-draft-url, which answers with the form filled in (data-restored), and so it does
// when a row is added or taken away: that is kept, too. Files are not.
let htmx;

const kept = (form) => `draft:${form.dataset.draft}`;

export function listenForDrafts(library) {
  htmx = library;
  let waiting;
  for (const name of ["input", "change", "picked"]) {
    document.addEventListener(name, (event) => {
      const form = event.target.closest("form[data-draft]");
      if (!form) return;
      clearTimeout(waiting);
      waiting = setTimeout(() => keep(form), 250);
    });
  }
  document.addEventListener("htmx:beforeSwap", () => clearTimeout(waiting));
  document.addEventListener("htmx:afterSettle", (event) => {
    const form = event.target.querySelector?.("form[data-draft]:not([data-settled])");
    if (!form) return;
    form.dataset.settled = "";
    if (form.dataset.restored === undefined) bringBack(form);
    else keep(form);
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest("form[data-draft]");
    if (form && event.target === form && event.detail.xhr.getResponseHeader("HX-Trigger")?.includes("drawer-close")) drop(form);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-draft-drop]");
    if (!button) return;
    drop(button.closest("form"));
    htmx.ajax("GET", button.dataset.draftDrop, { target: "#drawer .drawer-body", swap: "innerHTML" });
  });
  document.addEventListener("keydown", (event) => {
    const form = event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.closest("form[data-draft]");
    if (form) form.requestSubmit();
  });
}

function keep(form) {
  if (!form.isConnected) return;
  const values = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken");
  localStorage.setItem(kept(form), JSON.stringify(values));
}

function drop(form) {
  localStorage.removeItem(kept(form));
}

function bringBack(form) {
  const values = JSON.parse(localStorage.getItem(kept(form)) ?? "null");
  if (!values) return;
  const sent = { restored: ["1"] };
  for (const [name, value] of values) (sent[name] ??= []).push(value);
  htmx.ajax("POST", form.dataset.draftUrl, { target: "#drawer .drawer-body", swap: "innerHTML", values: sent });
}
