// <details class="menu">: one open at a time; a click elsewhere or Escape closes it.
function closeOthers(kept) {
  document.querySelectorAll("details.menu[open]").forEach((menu) => {
    if (menu !== kept) menu.open = false;
  });
}

document.addEventListener("click", (event) => closeOthers(event.target.closest("details.menu")));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details.menu[open]");
  closeOthers(null);
  menu?.querySelector("summary").focus();
});
