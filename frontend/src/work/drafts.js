// A form with data-draft="name" is kept on this device while one types, until it is saved. Opened again, it is drawn as
// it was left: what is kept goes to data-draft-url, which answers with the form filled in (data-restored), and so it does
// when a row is added or taken away: that is kept, too. Files are not.
let htmx;
let changed; // the form that is not kept as it is now
let waiting;

const kept = (form) => `draft:${form.dataset.draft}`;

export function listenForDrafts(library) {
  htmx = library;
  for (const name of ["input", "change", "picked"]) {
    document.addEventListener(name, (event) => {
      const form = event.target.closest("form[data-draft]");
      if (form) keepSoon(form);
    });
  }
  document.addEventListener("close", keepNow, true); // of the drawer
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (changed && event.target.contains(changed)) changed = null; // it is saved, or drawn anew with what was typed
  });
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

function keepSoon(form) {
  changed = form;
  clearTimeout(waiting);
  waiting = setTimeout(keepNow, 250);
}

function keepNow() {
  if (changed?.isConnected) keep(changed);
  changed = null;
}

function keep(form) {
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
