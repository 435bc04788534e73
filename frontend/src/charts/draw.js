// Turns a spec (tenure.ui.chart) into an ECharts picture that follows the page's width and theme.
import { option, start } from "./engine.js";
import { legend } from "./legend.js";
import { palette } from "./palette.js";

export function draw(element, spec) {
  const place = element.appendChild(document.createElement("div"));
  place.className = "chart-place";
  const chart = start(place);
  const now = () => option(spec, palette(element));
  chart.setOption(now());
  legend(element, spec);
  const leads = listenForClicks(chart, spec);
  if (leads) place.classList.add("leads");
  return {
    restyle: () => chart.setOption(now(), true),
    dispose: () => chart.dispose(),
    fit: () => {
      const { clientWidth: width, clientHeight: height } = place;
      if (width && height && (chart.getWidth() !== width || chart.getHeight() !== height)) chart.resize();
    },
  };
}

function listenForClicks(chart, spec) {
  const open = (address) => address && location.assign(address);
  if (spec.kind === "heat") {
    chart.on("click", ({ data }) => data && open(spec.hrefs[data.value[1]]?.[data.value[0]]));
    return spec.hrefs.length > 0;
  }
  chart.on("click", ({ seriesIndex, dataIndex }) => open(spec.series[seriesIndex]?.hrefs[dataIndex]));
  // A click beside the line means the day under the pointer.
  chart.getZr().on("click", (event) => {
    if (event.target) return;
    const [x] = chart.convertFromPixel({ gridIndex: 0 }, [event.offsetX, event.offsetY]) ?? [];
    const at = spec.days && !spec.bars ? nearest(spec, x) : x;
    open(spec.series.find((series) => series.hrefs[at])?.hrefs[at]);
  });
  return spec.series.some((series) => series.hrefs.length);
}

function nearest(spec, time) {
  const gaps = spec.x.map((day) => Math.abs(Date.parse(day) - time));
  return gaps.indexOf(Math.min(...gaps));
}
