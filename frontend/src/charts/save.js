// A chart as a file: an SVG or PNG picture on a light ground, or its numbers as CSV. Made here, from what the page has.
import { numbers } from "./numbers.js";
import { asPng, picture } from "./picture.js";

export async function save(figure, format) {
  const { spec } = figure.querySelector("tenure-chart");
  const content = {
    csv: () => new Blob([numbers(spec, figure.querySelector(".chart-table th").textContent)], { type: "text/csv" }),
    svg: () => new Blob([picture(figure, spec).svg], { type: "image/svg+xml" }),
    png: () => asPng(picture(figure, spec)),
  };
  give(await content[format](), `${nameOf(figure, spec)}.${format}`);
}

function nameOf(figure, spec) {
  const title = spec.title.replace(/[\\/:*?"<>|\s.]+/g, "-").replace(/^-|-$/g, "").slice(0, 80);
  return [title || "chart", figure.dataset.day].filter(Boolean).join("-");
}

function give(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // a browser may ask first where to keep it
}
