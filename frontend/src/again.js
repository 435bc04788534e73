// A part of a page that comes by itself, a section or the next rows of a list, and did not: its place says so and offers
// to ask again.
const words = document.body.dataset;

// Where grey lines, nothing yet, or the words of a failure before stand for what was asked for; null where what failed
// is no such part. Parts inside of it that ask for themselves are not meant.
export function placeOf({ elt, target, requestConfig }) {
  if (requestConfig.verb === "get" && target?.matches(":empty")) return target;
  for (const scope of [target, elt]) {
    if (!scope || scope === document.body) continue;
    const mark = [...scope.querySelectorAll(".skeleton-line, .part-failed")].find((each) => {
      const owner = each.closest("[hx-get], [hx-post]");
      return owner === elt || owner === scope || !scope.contains(owner);
    });
    if (mark) return mark.closest(".skeleton")?.parentElement ?? mark.parentElement;
  }
  return null;
}

export function offerAgain(htmx, place, { elt, target, requestConfig, etc }, text) {
  const box = document.createElement("div");
  box.className = "part-failed";
  box.setAttribute("role", "status");
  const said = document.createElement("span");
  said.textContent = text;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-sm";
  button.textContent = words.again;
  button.addEventListener("click", () => {
    button.disabled = true;
    const source = elt === document.body ? undefined : elt;
    htmx.ajax(requestConfig.verb, requestConfig.path, { source, target, swap: etc.swapOverride });
  });
  box.append(said, button);
  place.replaceChildren(box);
}
