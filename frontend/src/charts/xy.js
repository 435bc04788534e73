// Lines, areas, steps and bars over days or words.
import { axisDay, axisNumber, labelledDays } from "./format.js";
import { hoverStyle } from "./heat.js";
import { hoverBox, seriesLines } from "./hover.js";
import { faint } from "./palette.js";

export function xy(spec, look) {
  spec.bars = spec.series.some((series) => series.kind === "bar");
  const time = spec.days && !spec.bars;
  const colours = spec.series.map((series) => look.tones[series.tone]);
  const series = spec.series.map((each, index) => drawn(each, spec, time, colours[index], look));
  if (series.length) Object.assign(series[0], { markLine: marks(spec, time, look), markArea: bands(spec, look) });
  return {
    useUTC: true,
    animation: false,
    textStyle: { fontFamily: look.font },
    grid: { left: 4, right: 12, top: spec.marks.length ? 22 : 10, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    xAxis: xAxis(spec, time, look),
    yAxis: {
      type: "value", min: spec.low, max: spec.high, splitNumber: 4, interval: fixedStep(spec),
      axisLabel: { color: look.quiet, fontSize: 11, formatter: axisNumber(spec.unit) },
      splitLine: { lineStyle: { color: look.line } },
    },
    tooltip: {
      ...hoverStyle(look.surface, look.line, look.font),
      trigger: "axis",
      axisPointer: { type: spec.bars ? "shadow" : "line", lineStyle: { color: look.quiet, type: "solid", width: 1 } },
      formatter: (found) => {
        const at = found[0].dataIndex;
        return hoverBox(spec.x[at], seriesLines(spec, at, colours));
      },
    },
    series,
  };
}

// Fixed ends get even steps (0, 25, 50, 75, 100), not round ones and a rest.
function fixedStep({ low, high }) {
  return low != null && high != null ? (high - low) / 4 : null;
}

function drawn(series, spec, time, colour, look) {
  const data = time ? series.y.map((y, index) => [Date.parse(spec.x[index]), y]) : series.y;
  const shape = { name: series.name, data, color: colour, stack: series.stack || null, emphasis: { disabled: true } };
  if (series.kind === "bar") {
    return { ...shape, type: "bar", barMaxWidth: 28, itemStyle: { borderRadius: series.stack ? 0 : [2, 2, 0, 0] } };
  }
  const alone = series.y.filter((y) => y != null).length === 1;
  return {
    ...shape,
    type: "line",
    step: series.kind === "step" ? "end" : false,
    showSymbol: alone,
    symbol: "circle",
    symbolSize: 6,
    connectNulls: false,
    lineStyle: { width: series.stack ? 0.5 : 2, type: series.dashed ? "dashed" : "solid" },
    areaStyle: series.kind === "area" ? { color: series.stack ? faint(colour, 0.75) : faint(colour, 0.14) } : null,
    itemStyle: { borderColor: look.surface, borderWidth: 1 },
  };
}

function xAxis(spec, time, look) {
  const label = spec.days && spec.x.length ? axisDay(spec.x) : null;
  const formatter = label && ((value) => label(time ? value : Date.parse(value)));
  return {
    type: time ? "time" : "category",
    data: time ? null : spec.x,
    boundaryGap: spec.bars || !time,
    axisLine: { lineStyle: { color: look.line } },
    axisTick: { show: false },
    splitLine: { show: false },
    axisLabel: {
      color: look.quiet, fontSize: 11, hideOverlap: true, formatter,
      ...(time && spec.x.length ? { customValues: labelledDays(spec.x) } : {}),
    },
  };
}

function marks(spec, time, look) {
  return {
    silent: true,
    symbol: "none",
    animation: false,
    lineStyle: { color: look.quiet, type: [3, 3], width: 1 },
    label: { color: look.quiet, fontSize: 11, position: "end", distance: 4 },
    data: spec.marks.map(({ x, text }) => ({ xAxis: time ? Date.parse(x) : x, label: { formatter: text } })),
  };
}

function bands(spec, look) {
  return {
    silent: true,
    animation: false,
    z: 3, // the words over the lines; what lies on these is faint
    data: spec.bands.map(({ low, high, tone, text }) => [
      {
        yAxis: low,
        itemStyle: { color: faint(look.tones[tone], 0.07) },
        label: {
          show: Boolean(text), formatter: text, color: look.tones[tone], fontSize: 11, position: wordPlace(spec, low, high),
          textBorderColor: look.surface, textBorderWidth: 3,
        },
      },
      { yAxis: high },
    ]),
  };
}

// A band's word stands at the right, in the half of the band where the lines are not.
function wordPlace({ series, x }, low, high) {
  const near = Math.floor(x.length * 0.75);
  const inside = series.flatMap(({ y }) => y.slice(near)).filter((y) => y != null && y >= low && y <= high);
  if (!inside.length) return "insideRight";
  const mean = inside.reduce((sum, y) => sum + y, 0) / inside.length;
  return mean > (low + high) / 2 ? "insideBottomRight" : "insideTopRight";
}
