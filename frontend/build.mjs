// Bundles src/ into src/tenure/static/dist: hashed names, an icon sprite of the icons in use, and manifest.json.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const dist = process.argv[2];
const manifest = {};

function hashed(name, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 8).toUpperCase();
  const file = name.replace(/(\.\w+)$/, `-${hash}$1`);
  writeFileSync(join(dist, file), content);
  manifest[name] = file;
}

function sprite() {
  const names = readFileSync(join(here, "icons.txt"), "utf8").split(/\s+/).filter(Boolean);
  const symbols = names.map((name) => {
    const svg = readFileSync(join(here, "node_modules/@tabler/icons/icons/outline", `${name}.svg`), "utf8");
    const inner = svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "").replace(/\s*\n\s*/g, "");
    return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" ` +
      `stroke-linecap="round" stroke-linejoin="round">${inner}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
}

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });

const options = {
  absWorkingDir: here,
  bundle: true,
  minify: true,
  target: ["es2022", "safari16"],
  outdir: dist,
  entryNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  loader: { ".woff2": "file" },
  metafile: true,
  logLevel: "warning",
};
// The page's script loads the charts only where there is one; the theme's is a plain script that runs before paint.
const builds = [
  { ...options, entryPoints: ["src/app.js"], format: "esm", splitting: true },
  { ...options, entryPoints: ["src/theme.js"], format: "iife" },
  { ...options, entryPoints: ["src/app.css"] },
];
for (const { metafile } of await Promise.all(builds.map((each) => esbuild.build(each)))) {
  for (const [path, output] of Object.entries(metafile.outputs)) {
    if (output.entryPoint) manifest[basename(output.entryPoint)] = basename(path);
  }
}
hashed("icons.svg", sprite());
for (const name of readdirSync(join(here, "src/images"))) {
  hashed(name, readFileSync(join(here, "src/images", name)));
}
// WhiteNoise sends the packed neighbour to browsers that take it: 830 kB of styles and scripts become 190 kB.
for (const name of readdirSync(dist).filter((each) => /\.(js|css|svg)$/.test(each))) {
  writeFileSync(join(dist, `${name}.gz`), gzipSync(readFileSync(join(dist, name)), { level: 9 }));
}
writeFileSync(join(dist, "manifest.json"), JSON.stringify(manifest, null, 1) + "\n");
