// The one drawer for details: anything with data-drawer="address" opens it.
const drawer = document.getElementById("drawer");
const toasts = document.querySelector(".toasts");
let htmx;

export function listenForDrawer(library) {
  htmx = library;
  if (!drawer) return;
  drawer.addEventListener("close", () => document.body.append(toasts));
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("a[data-drawer], button[data-drawer]");
    if (opener && !event.metaKey && !event.ctrlKey) {
      event.preventDefault();
      openDrawer(opener.dataset.drawer);
    }
    if (event.target === drawer || event.target.closest("[data-drawer-close]")) drawer.close();
  });
}

// The server says so once what the drawer was for is done.
document.addEventListener("drawer-close", () => drawer.close());

export function openDrawer(address) {
  const body = drawer.querySelector(".drawer-body");
  if (!drawer.open) {
    body.replaceChildren(document.getElementById("skeleton").content.cloneNode(true));
    drawer.showModal();
    drawer.append(toasts); // outside of it nothing can be seen whole, nor clicked
  }
  htmx.ajax("GET", address, { target: body, swap: "innerHTML" });
}

export function drawerIsOpen() {
  return Boolean(drawer?.open);
}
