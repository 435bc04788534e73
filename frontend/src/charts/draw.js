// Turns a spec (tenure.ui.chart) into an ECharts picture. Only the parts in use are bundled; SVG stays sharp in print.
import { BarChart, HeatmapChart, LineChart } from "echarts/charts";
import { GridComponent, MarkAreaComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { heat } from "./heat.js";
import { legend } from "./legend.js";
import { palette } from "./palette.js";
import { xy } from "./xy.js";

echarts.use([
  BarChart, HeatmapChart, LineChart, GridComponent, MarkAreaComponent, MarkLineComponent, TooltipComponent, SVGRenderer,
]);

export function draw(element, spec) {
  const place = element.appendChild(document.createElement("div"));
  place.className = "chart-place";
  const chart = echarts.init(place, null, { renderer: "svg" });
  const option = () => (spec.kind === "heat" ? heat : xy)(spec, palette(element));
  chart.setOption(option());
  legend(element, spec);
  const leads = listenForClicks(chart, spec);
  if (leads) place.classList.add("leads");
  return {
    restyle: () => chart.setOption(option(), true),
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
