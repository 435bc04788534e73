// Tables: a row opens its drawer or its page; j and k walk, Enter opens, / searches.
import { drawerIsOpen, openDrawer } from "./drawer.js";

const ROW = ".tn-table tbody tr";
const INTERACTIVE = "a, button, input, label, select, summary, textarea";

export function listenForTables() {
  document.addEventListener("click", (event) => {
    const row = event.target.closest(ROW);
    if (!row || event.target.closest(INTERACTIVE) || String(getSelection())) return;
    open(row, event.metaKey || event.ctrlKey);
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, select, textarea, [contenteditable]");
    if (typing || event.metaKey || event.ctrlKey || event.altKey) return;
    if (event.key === "/") focusSearch(event);
    if (event.key === "j" || event.key === "k") walk(event.key === "j" ? 1 : -1);
    if (event.key === "Enter" && event.target.matches(ROW)) {
      event.preventDefault(); // or the same key press would go on to the drawer's first button
      open(event.target);
    }
  });
}

function open(row, apart) {
  const { drawer, href } = row.dataset;
  if (apart && href) window.open(href, "_blank", "noopener");
  else if (drawer) openDrawer(drawer);
  else if (href) location.assign(href);
}

function walk(step) {
  const rows = [...document.querySelectorAll(ROW)];
  const at = rows.findIndex((row) => row.matches(".at"));
  const next = rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + step))];
  if (!next) return;
  rows[at]?.classList.remove("at");
  next.classList.add("at");
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
  if (drawerIsOpen() && next.dataset.drawer) openDrawer(next.dataset.drawer);
}

function focusSearch(event) {
  const field = document.querySelector(".tn-table input[type=search]");
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
}
