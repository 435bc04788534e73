// A chart as a picture that stands alone: title, note, as-of day and legend around what ECharts draws, in light colours.
import { option, start } from "./engine.js";
import { STATES } from "./legend.js";
import { palette } from "./palette.js";

const EDGE = 24;
const LEAST_WIDTH = 720;
const SHAPES = { healthy: "●", average: "◐", "at-risk": "▲", unknown: "○" };
const PIXELS = 2; // of a PNG, for each of the picture's own

export function picture(figure, spec) {
  const element = figure.querySelector("tenure-chart");
  const look = lightLook();
  const width = Math.max(LEAST_WIDTH, Math.round(element.clientWidth)) + 2 * EDGE;
  const room = width - 2 * EDGE;
  const parts = [];
  let y = EDGE;
  const write = (text, size, colour, weight = 400) => {
    for (const line of wrapped(text, `${weight} ${size}px ${look.font}`, room)) {
      y += Math.round(size * 1.4);
      parts.push(words(EDGE, y - Math.round(size * 0.35), line, size, colour, weight));
    }
  };
  write(spec.title, 16, look.ink, 600);
  const note = [figure.querySelector("figcaption p")?.textContent, figure.dataset.asOf].filter(Boolean).join(" · ");
  if (note) write(note, 12, look.quiet);
  y += 8;
  y = legend(spec, look, y, room, parts);
  const height = Number(element.dataset.height);
  parts.push(`<g transform="translate(${EDGE} ${y})">${drawn(spec, look, room, height)}</g>`);
  y += height + EDGE;
  const open = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${y}" viewBox="0 0 ${width} ${y}"`;
  const ground = `<rect width="${width}" height="${y}" fill="${look.surface}"/>`;
  const svg = `${open} font-family="${escaped(look.font)}"><title>${escaped(spec.title)}</title>${ground}${parts.join("")}</svg>`;
  return { svg, width, height: y };
}

export async function asPng({ svg, width, height }) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: width * PIXELS, height: height * PIXELS });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

function lightLook() {
  const host = document.body.appendChild(document.createElement("span"));
  host.style.colorScheme = "light";
  const look = palette(host);
  host.remove();
  return { ...look, font: look.font.replaceAll('"', "'") }; // ECharts writes it between double quotes
}

function drawn(spec, look, width, height) {
  const chart = start(null, { ssr: true, width, height });
  chart.setOption(option(spec, look));
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}

function legend(spec, look, top, room, parts) {
  if (spec.kind === "heat" || spec.series.length < 2) return top;
  let [x, y] = [EDGE, top + 12];
  for (const { name, tone, dashed } of spec.series) {
    const wide = 20 + widthOf(name, `400 12px ${look.font}`) + 18;
    if (x > EDGE && x + wide > EDGE + room) [x, y] = [EDGE, y + 18];
    const dash = dashed ? ' stroke-dasharray="3 3"' : "";
    parts.push(
      STATES.includes(tone)
        ? words(x, y, SHAPES[tone], 12, look.tones[tone])
        : `<path d="M${x} ${y - 4}h14" stroke="${look.tones[tone]}" stroke-width="3"${dash}/>`,
      words(x + 20, y, name, 12, look.quiet),
    );
    x += wide;
  }
  return y + 12;
}

function words(x, y, text, size, colour, weight = 400) {
  return `<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" fill="${colour}">${escaped(text)}</text>`;
}

function escaped(text) {
  return String(text).replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

const ruler = document.createElement("canvas").getContext("2d");

function widthOf(text, font) {
  ruler.font = font;
  return ruler.measureText(text).width;
}

// Breaks at spaces, and anywhere between Chinese signs.
function wrapped(text, font, room) {
  const lines = [""];
  for (const part of text.match(/[\u2e80-\uffef]|[^\s\u2e80-\uffef]+\s*|\s+/g) ?? []) {
    if (lines.at(-1) && widthOf(lines.at(-1) + part.trimEnd(), font) > room) lines.push("");
    lines[lines.length - 1] += part;
  }
  return lines;
}
