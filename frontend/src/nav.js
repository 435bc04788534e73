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
