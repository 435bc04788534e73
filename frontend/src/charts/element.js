// <tenure-chart>: draws its spec when it comes near the screen; a switch shows the same numbers as a table.
class TenureChart extends HTMLElement {
  connectedCallback() {
    this.style.height = `${this.dataset.height}px`;
    // A template and not a script element: htmx takes those out of what it swaps in.
    this.spec = JSON.parse(this.querySelector("template").content.textContent);
    this.near = new IntersectionObserver((seen) => seen.some((each) => each.isIntersecting) && this.draw(), {
      rootMargin: "300px",
    });
    this.near.observe(this);
    this.redraw = () => this.chart?.restyle();
    addEventListener("theme", this.redraw);
  }

  async draw() {
    this.near.disconnect();
    const { draw } = await import("./draw.js");
    if (!this.isConnected || this.chart) return;
    this.chart = draw(this, this.spec);
    // Only when the size really changed and is not zero: ECharts 6.1 throws on a resize to 0 × 0 (apache/echarts#21706).
    this.size = new ResizeObserver(() => this.chart?.fit());
    this.size.observe(this);
  }

  disconnectedCallback() {
    this.near.disconnect();
    this.size?.disconnect();
    removeEventListener("theme", this.redraw);
    this.chart?.dispose();
    this.chart = null;
  }
}

customElements.define("tenure-chart", TenureChart);

document.addEventListener("click", async (event) => {
  const wanted = event.target.closest("[data-chart-file]");
  if (!wanted) return;
  const figure = wanted.closest(".tn-chart");
  wanted.closest("details").open = false;
  figure.querySelector("details.menu summary").focus();
  const { save } = await import("./save.js");
  await save(figure, wanted.dataset.chartFile);
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-chart-table]");
  if (!button) return;
  const figure = button.closest(".tn-chart");
  const asTable = button.getAttribute("aria-pressed") !== "true";
  button.setAttribute("aria-pressed", asTable);
  figure.querySelector("tenure-chart").hidden = asTable;
  figure.querySelector(".chart-legend")?.toggleAttribute("hidden", asTable);
  figure.querySelector(".chart-table").hidden = !asTable;
});
