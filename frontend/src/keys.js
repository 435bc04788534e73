// A link or a button with data-key="]" is clicked by that key, unless somebody is typing or the drawer is open.
import { drawerIsOpen } from "./drawer.js";

document.addEventListener("keydown", (event) => {
  if (event.metaKey || event.ctrlKey || event.altKey || drawerIsOpen()) return;
  if (event.target.closest("input, select, textarea, [contenteditable]")) return;
  const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (target) {
    event.preventDefault();
    target.click();
  }
});
