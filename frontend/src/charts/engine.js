// ECharts with the parts in use alone; SVG stays sharp in print.
import { BarChart, HeatmapChart, LineChart } from "echarts/charts";
import { GridComponent, MarkAreaComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { heat } from "./heat.js";
import { xy } from "./xy.js";

echarts.use([
  BarChart, HeatmapChart, LineChart, GridComponent, MarkAreaComponent, MarkLineComponent, TooltipComponent, SVGRenderer,
]);

export const start = (place, size = {}) => echarts.init(place, null, { renderer: "svg", ...size });

export const option = (spec, look) => (spec.kind === "heat" ? heat : xy)(spec, look);
