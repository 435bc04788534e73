// Section navigation of a long page (nav[data-sections]): marks the section one is in, and holds a jump to an anchor in
// its place while parts of the page still load and grow, until somebody scrolls, types or clicks.
const nav = document.querySelector("[data-sections]");
const HELD_MS = 10_000;
let held = null;

if (nav) {
  const links = [...nav.querySelectorAll("a")];
  let waiting = false;

  const mark = () => {
    waiting = false;
    const edge = nav.getBoundingClientRect().bottom + 24;
    const reached = links.filter((link) => document.querySelector(link.hash)?.getBoundingClientRect().top <= edge);
    const atEnd = window.scrollY > 0 && window.scrollY + window.innerHeight >= document.documentElement.scrollHeight - 2;
    const wanted = links.find((link) => link.hash.slice(1) === held?.id);
    const here = wanted ?? (atEnd ? links.at(-1) : reached.at(-1)) ?? links[0];
    if (here.hasAttribute("aria-current")) return;
    for (const link of links) link.toggleAttribute("aria-current", false);
    here.setAttribute("aria-current", "true");
    nav.scrollTo({ left: here.offsetLeft - (nav.clientWidth - here.offsetWidth) / 2 });
  };
  const soon = () => {
    if (!waiting) requestAnimationFrame(mark);
    waiting = true;
  };
  const land = () => {
    const target = held && document.getElementById(held.id);
    if (!target) return;
    if (performance.now() > held.until) {
      held = null;
      return;
    }
    target.scrollIntoView();
    if (!held.found && target.matches(".field-row")) target.querySelector(".field-open")?.focus({ preventScroll: true });
    held.found = true;
    soon();
  };
  const jump = (hash) => {
    held = hash.length > 1 ? { id: decodeURIComponent(hash.slice(1)), until: performance.now() + HELD_MS } : null;
    land();
  };
  const release = () => (held = null);

  for (const kind of ["wheel", "touchmove", "keydown", "pointerdown"]) {
    window.addEventListener(kind, release, { passive: true, capture: true });
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link && !event.defaultPrevented) requestAnimationFrame(() => jump(link.hash));
  });
  window.addEventListener("hashchange", () => held || jump(location.hash));
  window.addEventListener("scroll", soon, { passive: true });
  document.addEventListener("htmx:afterSettle", land);
  new ResizeObserver(() => {
    land();
    soon();
  }).observe(document.getElementById("main"));
  jump(location.hash);
  soon();
}
