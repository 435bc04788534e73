// The side navigation: narrow or wide on a desk, a drawer on a phone. The choice is kept on this device.
const root = document.documentElement;

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-nav-narrow]")) {
    const narrow = root.dataset.nav !== "narrow";
    root.dataset.nav = narrow ? "narrow" : "wide";
    localStorage.setItem("nav", root.dataset.nav);
  } else if (event.target.closest("[data-nav-open]")) {
    root.dataset.navOpen = "";
  } else if (event.target.closest("[data-nav-close]")) {
    delete root.dataset.navOpen;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") delete root.dataset.navOpen;
});

// The as-of day: our own words, the browser's calendar.
document.addEventListener("click", (event) => {
  const field = event.target.closest("[data-picker]")?.querySelector("input");
  if (field && event.target !== field) field.showPicker();
});

// Account search: ↓ and ↑ walk through what was found, Escape leaves.
const search = document.querySelector(".account-search");
search?.addEventListener("keydown", (event) => {
  const found = [...search.querySelectorAll("input, a")];
  const at = found.indexOf(document.activeElement);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    found[Math.min(found.length - 1, Math.max(0, at + step))]?.focus();
  } else if (event.key === "Escape") {
    document.activeElement.blur();
  } else if (event.key === "Enter" && at === 0 && found[1]) {
    event.preventDefault();
    found[1].click();
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "k" && (event.metaKey || event.ctrlKey) && search) {
    event.preventDefault();
    search.querySelector("input").focus();
  }
});
