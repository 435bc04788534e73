// The page's colours as ECharts can use them: style sheets hold them once, for light and dark.
const TONES = [
  "accent", "healthy", "average", "at-risk", "unknown", "gain", "loss", "quiet", "1", "2", "3", "4", "5", "6",
];

export function palette(element) {
  const probe = element.appendChild(document.createElement("span"));
  const colour = (name) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const tones = Object.fromEntries(TONES.map((tone) => [tone, colour(`chart-${tone}`)]));
  const found = { tones, ink: colour("ink"), quiet: colour("ink-2"), line: colour("line"), surface: colour("surface") };
  probe.remove();
  return { ...found, font: getComputedStyle(element).fontFamily };
}

export function faint(colour, share) {
  const [r, g, b] = colour.match(/[\d.]+/g);
  return `rgba(${r}, ${g}, ${b}, ${share})`;
}
