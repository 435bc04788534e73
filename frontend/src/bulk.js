// Choosing rows of a table: checkboxes, all on the page, x for the row at the cursor, shift for a run of rows, Escape for
// none. The bar is a form of the page itself; here it is only counted and announced. A swap brings new rows: none chosen.
import { drawerIsOpen } from "./drawer.js";

const PICK = "[data-pick]";
let last;

const part = (element) => element.closest(".table-part");
const boxes = (table) => [...table.querySelectorAll(PICK)];

export function listenForPicks() {
  document.addEventListener("click", (event) => {
    if (event.target.matches(PICK)) pickRun(event.target, event.shiftKey);
    if (event.target.closest("[data-pick-page]")) pickAll(part(event.target), true);
    if (event.target.closest("[data-pick-none]")) pickNone(part(event.target));
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-pick-all]")) pickAll(part(event.target), event.target.checked);
    else if (event.target.matches(PICK)) show(part(event.target));
  });
  document.addEventListener("keydown", (event) => {
    if (event.metaKey || event.ctrlKey || event.altKey || drawerIsOpen()) return;
    if (event.key === "Escape" && !document.querySelector("details.menu[open]")) {
      document.querySelectorAll(".table-part:has([data-pick]:checked)").forEach(pickNone);
    }
    if (event.key !== "x" || event.target.closest("input:not([type=checkbox]), select, textarea, [contenteditable]")) return;
    const row = event.target.closest(".tn-table tbody tr") || document.querySelector(".tn-table tbody tr.at");
    row?.querySelector(PICK)?.click();
  });
}

function pickRun(box, shift) {
  const all = boxes(part(box));
  if (shift && all.includes(last)) {
    const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((a, b) => a - b);
    all.slice(from, to + 1).forEach((each) => (each.checked = box.checked));
    show(part(box));
  }
  last = box;
}

function pickAll(table, checked) {
  boxes(table).forEach((box) => (box.checked = checked));
  show(table);
}

function pickNone(table) {
  const inside = document.activeElement?.closest(".bulk-bar") && boxes(table).find((box) => box.checked);
  pickAll(table, false);
  if (inside) inside.focus(); // the bar is gone and must not take the focus with it
}

function show(table) {
  const all = boxes(table);
  const count = all.filter((box) => box.checked).length;
  const head = table.querySelector("[data-pick-all]");
  head.checked = count > 0 && count === all.length;
  head.indeterminate = count > 0 && count < all.length;
  const words = table.querySelector("[data-picked]");
  words.textContent = words.dataset.picked.replace("#", count);
  table.querySelector("[data-picked-said]").textContent = words.textContent;
}
