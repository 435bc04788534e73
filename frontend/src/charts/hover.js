// What hovering says: the day, then each series with its value, its change since the point before, and its note.
import { difference } from "./format.js";

export function hoverBox(title, lines) {
  const box = document.createElement("div");
  box.className = "chart-hover";
  box.append(line("strong", title));
  for (const { colour, name, text, change, note } of lines) {
    const row = document.createElement("div");
    const dot = document.createElement("i");
    dot.style.background = colour;
    row.append(dot, line("span", name), line("b", text), line("em", change));
    box.append(row);
    if (note) box.append(line("small", note));
  }
  return box;
}

export function seriesLines(spec, at, colours) {
  return spec.series.map((series, index) => ({
    colour: colours[index],
    name: series.name,
    text: series.texts[at],
    change: difference(spec.unit, series.y[at], series.y[at - 1]),
    note: series.notes[at],
  }));
}

function line(tag, text) {
  const element = document.createElement(tag);
  element.textContent = text ?? "";
  return element;
}
