// Rows with verbs of their own: a button with data-row-key="d" is clicked by that key in the row at the cursor. When the
// list comes again without the row, the cursor is on the one that took its place.
import { drawerIsOpen } from "../drawer.js";

const rows = () => [...document.querySelectorAll(".tn-table tbody tr")];
let place = -1;

document.addEventListener("keydown", (event) => {
  if (event.metaKey || event.ctrlKey || event.altKey || drawerIsOpen()) return;
  if (event.target.closest("input, select, textarea, [contenteditable]")) return;
  const row = document.querySelector("tr.at");
  const button = row?.querySelector(`[data-row-key="${CSS.escape(event.key)}"]`);
  if (!button) return;
  event.preventDefault();
  place = rows().indexOf(row);
  button.click();
  if (button.matches("summary")) row.querySelector("details input:not([type=hidden])")?.focus();
});

document.addEventListener("htmx:afterSettle", () => {
  if (place < 0 || document.querySelector("tr.at")) return;
  const now = rows();
  const next = now[Math.min(place, now.length - 1)];
  next?.classList.add("at");
  next?.focus({ preventScroll: true });
  place = -1;
});
