// Names of the series with their colour; health states keep their shapes. One series needs none: the title names it.
export const STATES = ["healthy", "average", "at-risk", "unknown"];

export function legend(element, spec) {
  if (spec.kind === "heat" || spec.series.length < 2) return;
  const box = document.createElement("div");
  box.className = "chart-legend";
  box.setAttribute("aria-hidden", "true");
  for (const { name, tone, dashed } of spec.series) {
    const item = document.createElement("span");
    const mark = document.createElement("i");
    mark.className = `shape shape-${STATES.includes(tone) ? tone : dashed ? "dashed" : "line"}`;
    mark.style.color = `var(--chart-${tone})`;
    item.append(mark, name);
    box.append(item);
  }
  element.before(box);
}
