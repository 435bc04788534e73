// A heat map: one tone, darker is more; an empty cell stays empty.
import { axisDay } from "./format.js";
import { hoverBox } from "./hover.js";
import { faint } from "./palette.js";

export function heat(spec, { tones, quiet, line, surface, font }) {
  const most = Math.max(...spec.values.flat().filter((value) => value != null), 0) || 1;
  const colour = tones[spec.tone];
  const data = spec.values.flatMap((row, y) =>
    row.map((value, x) => ({
      value: [x, y, value ?? "-"],
      itemStyle: { color: value ? faint(colour, 0.12 + 0.88 * Math.sqrt(value / most)) : "transparent" },
    })),
  );
  const label = spec.days ? axisDay(spec.x) : null;
  return {
    animation: false,
    textStyle: { fontFamily: font },
    grid: { left: 4, right: 4, top: 4, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    xAxis: {
      type: "category", data: spec.x, position: "bottom",
      axisLine: { show: false }, axisTick: { show: false }, splitLine: { show: false },
      axisLabel: { color: quiet, fontSize: 11, hideOverlap: true, formatter: label ? (day) => label(Date.parse(day)) : null },
    },
    yAxis: {
      type: "category", data: spec.rows, inverse: true,
      axisLine: { show: false }, axisTick: { show: false },
      axisLabel: { color: quiet, fontSize: 12, width: 150, overflow: "truncate" },
    },
    tooltip: {
      ...hoverStyle(surface, line, font),
      formatter: ({ data: { value: [x, y] } }) =>
        hoverBox(spec.x[x], [{ colour, name: spec.rows[y], text: spec.texts[y][x] }]),
    },
    series: [{ type: "heatmap", data, itemStyle: { borderColor: surface, borderWidth: 2, borderRadius: 3 } }],
  };
}

export function hoverStyle(surface, line, font) {
  return {
    confine: true, transitionDuration: 0, backgroundColor: surface, borderColor: line, padding: 0,
    textStyle: { fontFamily: font }, extraCssText: "box-shadow: var(--shadow); border-radius: 8px;",
  };
}
