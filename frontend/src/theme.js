// Runs before the first paint: "auto" follows the system, and no other theme flashes by.
const root = document.documentElement;
const dark = matchMedia("(prefers-color-scheme: dark)");

function apply() {
  const wanted = root.dataset.wish || "auto";
  root.dataset.bsTheme = wanted === "auto" ? (dark.matches ? "dark" : "light") : wanted;
  if (localStorage.getItem("nav") === "narrow") root.dataset.nav = "narrow";
  dispatchEvent(new Event("theme"));
}

dark.addEventListener("change", apply);
apply();
