"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const PLOT = { width: 540, left: 64, right: 18, top: 10, bottom: 42 };
const NAMED_GROUPS = {
  lithium: { label: "Li per Mg (film, electrolyte side, collector side)", names: ["x_mean", "x_se", "x_collector"] },
  stress: { label: "von Mises stress (mean, electrolyte side, collector side)", names: ["von_mises_mean", "von_mises_se", "von_mises_collector"] },
  hydrostatic: { label: "hydrostatic stress (mean, electrolyte side, collector side)", names: ["sigma_h_mean", "sigma_h_se", "sigma_h_collector"] },
  potentials: { label: "potential differences (chemical, mechanical)", names: ["potential_chem_difference", "potential_mech_difference"] },
  iterations: { label: "iterations in a step", names: ["cg_iterations", "diffusion_iterations", "coupling_iterations"] },
  balance: { label: "error of the lithium balance", names: ["lithium_balance_error"] },
};
const columns = new Map(data.history.filter(c => c.values.some(v => v !== null)).map(c => [c.name, c]));

// Small helpers

function element(name, attributes = {}, ...children) {
  const svg = ["svg", "g", "path", "line", "text", "rect", "circle", "defs", "linearGradient", "stop"].includes(name);
  const made = svg ? document.createElementNS("http://www.w3.org/2000/svg", name) : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** Four digits, as people write them. */
function number(value) {
  if (value === 0) return "0";
  const size = Math.abs(value);
  return size >= 1e5 || size < 1e-3 ? value.toExponential(3).replace(/\.?0+e/, "e") : String(Number(value.toPrecision(4)));
}

const withUnit = (name, unit) => unit === "-" ? name : `${name} (${unit})`;

/** Multiples of 1, 2 or 5 times a power of ten in a range, about so many. */
function ticks(low, high, count) {
  const rough = (high - low) / count, power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 5, 10].find(f => f * power >= rough);
  const found = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + 1e-9 * step; i++) found.push(Number((i * step).toPrecision(12)));
  return found;
}

/** A range widened to ticks. */
function toTicks(low, high) {
  const [a, b] = ticks(low, high, 5), step = b - a;
  return [Math.floor(low / step + 1e-5) * step, Math.ceil(high / step - 1e-5) * step];
}

/** Numbers of an axis, all with the decimals that tell them from their neighbours. */
function labels(values) {
  const step = values[1] - values[0];
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  return values.map(v => values.length < 2 || decimals > 4 || Math.abs(v) >= 1e5 ? number(v) : v.toFixed(decimals));
}

/** Whether a range is none but for rounding and what solvers leave. */
const oneValue = (low, high) => !(high - low > 1e-6 * Math.max(Math.abs(low), Math.abs(high)));

/** A range that can be drawn: one of no width is widened. */
function drawable(low, high) {
  if (!oneValue(low, high)) return [low, high];
  const half = Math.abs(low) > 0 ? Math.abs(low) / 10 : 0.5;
  return [low - half, high + half];
}

/** What a figure begins with: what is wanted of it where that is there, else the first that no figure before it shows. */
const shownFirst = new Set();
function unused(wanted, known) {
  const chosen = known.includes(wanted) ? wanted : known.find(name => !shownFirst.has(name)) ?? known[0];
  shownFirst.add(chosen);
  return chosen;
}

function choose(select, options, chosen, changed) {
  for (const [value, label] of options) select.append(new Option(label, value, false, value === chosen));
  select.addEventListener("change", changed);
}

// Curves

const DASHES = ["", "7 4", "9 3 2 3", "2 3"];

/** How the i-th curve is drawn, so that grey print tells it from the others too. */
const look = i => ({ fill: "none", stroke: data.lines[i % data.lines.length], "stroke-width": 1.8, "stroke-dasharray": DASHES[i % DASHES.length] });

/** Axes with labels around an area; returns the SVG and the maps from numbers to its coordinates. */
function axes(height, [x0, x1], [y0, y1], xLabel, yLabel) {
  const area = { left: PLOT.left, right: PLOT.width - PLOT.right, top: PLOT.top, bottom: height - PLOT.bottom };
  const x = v => area.left + (v - x0) / (x1 - x0) * (area.right - area.left);
  const y = v => area.bottom - (v - y0) / (y1 - y0) * (area.bottom - area.top);
  const svg = element("svg", { viewBox: `0 0 ${PLOT.width} ${height}`, role: "img" });
  const across = ticks(x0, x1, 6), up = ticks(y0, y1, Math.max(2, (area.bottom - area.top) / 45));
  across.forEach((tick, i) => {
    svg.append(element("line", { x1: x(tick), x2: x(tick), y1: area.top, y2: area.bottom, class: "grid" }));
    svg.append(element("text", { x: x(tick), y: area.bottom + 16, "text-anchor": "middle" }, labels(across)[i]));
  });
  up.forEach((tick, i) => {
    svg.append(element("line", { x1: area.left, x2: area.right, y1: y(tick), y2: y(tick), class: "grid" }));
    svg.append(element("text", { x: area.left - 6, y: y(tick) + 4, "text-anchor": "end" }, labels(up)[i]));
  });
  svg.append(element("rect", { x: area.left, y: area.top, width: area.right - area.left, height: area.bottom - area.top, class: "axis" }));
  svg.append(element("text", { x: (area.left + area.right) / 2, y: height - 6, "text-anchor": "middle" }, xLabel));
  const middle = (area.top + area.bottom) / 2;
  svg.append(element("text", { x: 12, y: middle, "text-anchor": "middle", transform: `rotate(-90 12 ${middle})` }, yLabel));
  return { svg, area, x, y };
}

/** Draws curves {label, unit, points: [[x, y]]}, with a gap where y is NaN; pointing at them reads all of them at the nearest point. The x axis has the curves' own range where none is given. */
function drawCurves(figure, curves, xLabel, yLabel, xUnit, xRange) {
  const svgs = figure.querySelector(".drawing"), readout = figure.querySelector(".readout");
  svgs.replaceChildren();
  readout.textContent = "";
  const is = p => !Number.isNaN(p[1]), all = curves.flatMap(c => c.points).filter(is);
  if (all.length === 0) { readout.textContent = "no values"; return; }
  const extent = i => drawable(Math.min(...all.map(p => p[i])), Math.max(...all.map(p => p[i])));
  const [y0, y1] = extent(1), margin = 0.05 * (y1 - y0);
  const plot = axes(290, xRange ?? extent(0), [y0 - margin, y1 + margin], xLabel, yLabel);
  curves.forEach((curve, i) => {
    const colour = data.lines[i % data.lines.length];
    plot.svg.append(element("path", { ...look(i), d: curve.points.map((p, k) => is(p) ? `${k > 0 && is(curve.points[k - 1]) ? "L" : "M"}${plot.x(p[0]).toFixed(1)} ${plot.y(p[1]).toFixed(1)}` : "").join(""), class: "curve" }));
    if (curve.points.length < 40)
      for (const p of curve.points.filter(is)) plot.svg.append(element("circle", { cx: plot.x(p[0]), cy: plot.y(p[1]), r: 2.4, fill: colour }));
  });
  const cursor = element("line", { y1: plot.area.top, y2: plot.area.bottom, stroke: "#888", visibility: "hidden" });
  plot.svg.append(cursor);
  const legend = element("div", { class: "readout" });
  curves.forEach((curve, i) => legend.append(element("svg", { viewBox: "0 0 30 8", class: "sample" }, element("path", { ...look(i), d: "M0 4L30 4" })), ` ${curve.label}   `));
  svgs.append(plot.svg, legend);
  plot.svg.addEventListener("mousemove", event => {
    const box = plot.svg.getBoundingClientRect(), at = (event.clientX - box.left) / box.width * PLOT.width;
    const nearest = curve => curve.points.filter(is).reduce((best, p) => Math.abs(plot.x(p[0]) - at) < Math.abs(plot.x(best[0]) - at) ? p : best);
    const first = nearest(curves[0]);
    cursor.setAttribute("x1", plot.x(first[0]));
    cursor.setAttribute("x2", plot.x(first[0]));
    cursor.setAttribute("visibility", "visible");
    readout.textContent = `${xLabel.split(" (")[0]} = ${number(first[0])}${xUnit === "-" ? "" : " " + xUnit}: `
      + curves.map(c => `${c.label} = ${number(nearest(c)[1])}${c.unit === "-" ? "" : " " + c.unit}`).join(", ");
  });
  plot.svg.addEventListener("mouseleave", () => { cursor.setAttribute("visibility", "hidden"); readout.textContent = ""; });
}

// History

const groups = Object.entries(NAMED_GROUPS)
  .map(([key, group]) => [key, { label: group.label, names: group.names.filter(n => columns.has(n)) }])
  .filter(([, group]) => group.names.length > 0);
const choices = new Map([...groups, ...[...columns.values()].map(c => [c.name, { label: `${c.name}: ${c.help}`, names: [c.name] }])]);

function historyChart(figure) {
  const select = element("select");
  choose(select, [...choices].map(([key, c]) => [key, c.label]), unused(figure.dataset.group, [...choices.keys()]), draw);
  figure.append(element("div", { class: "choice" }, select), element("div", { class: "drawing" }), element("div", { class: "readout" }));
  const over = document.getElementById("over");
  over.addEventListener("change", draw);
  function draw() {
    const x = columns.get(over.value), chosen = choices.get(select.value).names.map(name => columns.get(name));
    const curves = chosen.map(c => ({ label: c.name, unit: c.unit, points: c.values.map((v, i) => [x.values[i], v]).filter(p => p[0] !== null && p[1] !== null) }));
    const what = chosen.length === 1 ? chosen[0].name : choices.get(select.value).label.split(" (")[0];
    drawCurves(figure, curves, withUnit(x.name, x.unit), withUnit(what, chosen[0].unit), x.unit);
  }
  draw();
}

// Cross sections

/** The values of a field in a section at a time, in the unit shown. */
function decode(field, section, time) {
  const bytes = Uint8Array.from(atob(field.values[section][time]), c => c.charCodeAt(0));
  const words = new Uint16Array(bytes.buffer), scale = (field.high - field.low) / 65535;
  return Float64Array.from(words, w => field.low + scale * w);
}

/** The same, NaN where the field does not exist: in voids, which have the phase -1, and what belongs to lithium in phases without it. */
function existing(field, section, time) {
  const values = decode(field, section, time), phase = data.fields.find(f => f.name === "phase");
  const without = new Set(field.ofLithium ? data.inert : []).add(-1);
  if (!phase) return values;
  const phases = decode(phase, section, time);
  return values.map((v, i) => without.has(Math.round(phases[i])) ? NaN : v);
}

const rgb = map => map.map(hex => [1, 3, 5].map(i => parseInt(hex.slice(i, i + 2), 16)));
const maps = Object.fromEntries(Object.entries(data.maps).map(([name, map]) => [name, rgb(map)]));

function colour(map, part) {
  const place = Math.min(Math.max(part, 0), 1) * (map.length - 1), i = Math.min(Math.floor(place), map.length - 2);
  return map[i].map((from, c) => Math.round(from + (map[i + 1][c] - from) * (place - i)));
}

/** Colours of grains, by their numbers: neighbours in any section differ. */
const grainColours = (() => {
  const field = data.fields.find(f => f.name === "grain");
  if (!field) return [];
  const beside = new Map();
  const touch = (a, b) => { if (!beside.has(a)) beside.set(a, new Set()); if (a !== b) beside.get(a).add(b); };
  data.sections.forEach((shape, section) => {
    const grain = decode(field, section, 0).map(Math.round);
    grain.forEach((self, i) => {
      touch(self, i % shape.columns > 0 ? grain[i - 1] : self);
      touch(self, i >= shape.columns ? grain[i - shape.columns] : self);
      if (i % shape.columns > 0) touch(grain[i - 1], self);
      if (i >= shape.columns) touch(grain[i - shape.columns], self);
    });
  });
  const chosen = [], used = maps.grains.map(() => 0), rank = (taken, k) => (taken.has(k) ? 1e9 : 0) + used[k];
  for (const [self, others] of [...beside].sort((a, b) => b[1].size - a[1].size)) {
    const taken = new Set([...others].map(other => chosen[other]));
    chosen[self] = used.map((_, k) => k).reduce((best, k) => rank(taken, k) < rank(taken, best) ? k : best);
    used[chosen[self]]++;
  }
  return chosen.map(k => maps.grains[k]);
})();

function fieldFigure(figure) {
  const select = element("select");
  const known = data.fields.map(f => f.name);
  choose(select, data.fields.map(f => [f.name, withUnit(`${f.name}: ${f.description}`, f.unit)]), unused(figure.dataset.field, known), draw);
  figure.append(element("div", { class: "choice" }, select), element("div", { class: "drawing" }), element("div", { class: "readout" }));
  const section = document.getElementById("section"), time = document.getElementById("time");
  section.addEventListener("change", draw);
  time.addEventListener("input", draw);
  function draw() {
    const field = data.fields[known.indexOf(select.value)], shape = data.sections[section.value];
    const at = [Number(section.value), Number(time.value)], values = existing(field, ...at);
    if (shape.columns === 1) drawLine(figure, field, shape, values);
    else drawPlane(figure, field, shape, values);
  }
  draw();
}

/** The unit that suits a section, and how many of it make a metre. */
const lengthUnit = shape => Math.max(shape.width, shape.height) < 2e-6 ? ["nm", 1e9] : ["µm", 1e6];

function drawLine(figure, field, shape, values) {
  const [unit, per] = lengthUnit(shape), points = [...values].map((v, k) => [(k + 0.5) / shape.rows * shape.height * per, v]);
  drawCurves(figure, [{ label: field.name, unit: field.unit, points }], `${shape.up} (${unit})`, withUnit(field.name, field.unit), unit, [0, shape.height * per]);
}

function drawPlane(figure, field, shape, values) {
  const drawing = figure.querySelector(".drawing"), readout = figure.querySelector(".readout");
  const across = PLOT.width - PLOT.left - PLOT.right;
  // A film is far wider than high: it is then drawn higher than it is, and a high one narrower.
  const trueHeight = across * shape.height / shape.width, tall = Math.min(Math.max(trueHeight, 110), 680);
  const bar = 52, total = bar + tall + PLOT.top + PLOT.bottom;
  const [low, high] = toTicks(...field.signed ? drawable(-Math.max(-field.low, field.high, 0), Math.max(-field.low, field.high, 0)) : drawable(field.low, field.high));
  const [unit, per] = lengthUnit(shape);
  const map = maps[field.map];

  const canvas = element("canvas", { width: shape.columns, height: shape.rows });
  const context = canvas.getContext("2d"), image = context.createImageData(shape.columns, shape.rows);
  for (let row = 0; row < shape.rows; row++)
    for (let column = 0; column < shape.columns; column++) {
      const value = values[row * shape.columns + column];
      if (!Number.isNaN(value)) image.data.set([...(field.name === "grain" ? grainColours[Math.round(value)] : colour(map, (value - low) / (high - low))), 255], 4 * ((shape.rows - 1 - row) * shape.columns + column));
    }
  context.putImageData(image, 0, 0);

  const plot = axes(total - bar, [0, shape.width * per], [0, shape.height * per], `${shape.across} (${unit})`, `${shape.up} (${unit})`);
  plot.svg.querySelectorAll(".grid").forEach(line => line.remove());
  const picture = element("g");
  const node = document.createElementNS("http://www.w3.org/2000/svg", "image");
  const box = { x: plot.area.left, y: plot.area.top, width: across, height: plot.area.bottom - plot.area.top };
  for (const [key, value] of Object.entries({ ...box, href: canvas.toDataURL(), preserveAspectRatio: "none", style: "image-rendering:pixelated" })) node.setAttribute(key, value);
  picture.append(node);
  plot.svg.insertBefore(picture, plot.svg.querySelector("rect"));
  drawing.replaceChildren(field.name === "grain" ? grainNumber(bar) : colourBar(field, low, high, map, bar), plot.svg);
  const stretch = tall / trueHeight;
  if (Math.abs(stretch - 1) > 0.01) drawing.append(element("div", { class: "note" }, `${shape.up} is drawn ${number(stretch)} times as long as ${shape.across}`));
  readout.textContent = "";

  plot.svg.addEventListener("mousemove", event => {
    const frame = plot.svg.getBoundingClientRect(), scale = PLOT.width / frame.width;
    const column = Math.floor(((event.clientX - frame.left) * scale - box.x) / box.width * shape.columns);
    const row = Math.floor((box.y + box.height - (event.clientY - frame.top) * scale) / box.height * shape.rows);
    const inside = column >= 0 && column < shape.columns && row >= 0 && row < shape.rows;
    const value = values[row * shape.columns + column];
    readout.textContent = !inside || Number.isNaN(value) ? "" : `${shape.across} = ${number((column + 0.5) / shape.columns * shape.width * per)} ${unit}, `
      + `${shape.up} = ${number((row + 0.5) / shape.rows * shape.height * per)} ${unit}: ${field.name} = ${number(value)}${field.unit === "-" ? "" : " " + field.unit}`;
  });
  plot.svg.addEventListener("mouseleave", () => { readout.textContent = ""; });
}

/** What stands in the place of a colour bar. */
const grainNumber = height => element("svg", { viewBox: `0 0 ${PLOT.width} ${height}`, role: "img", class: "bar" },
  element("text", { x: PLOT.left, y: 28 }, `${grainColours.filter(found => found).length} grains in all sections, neighbours in different colours`));

let bars = 0;
function colourBar(field, low, high, map, height) {
  const id = `bar${bars++}`, left = PLOT.left, right = PLOT.width - PLOT.right;
  const svg = element("svg", { viewBox: `0 0 ${PLOT.width} ${height}`, role: "img", class: "bar" });
  svg.append(element("defs", {}, element("linearGradient", { id }, ...map.map((c, i) => element("stop", { offset: i / (map.length - 1), "stop-color": `rgb(${c})` })))));
  svg.append(element("text", { x: left, y: 12 }, withUnit(field.name, field.unit)));
  svg.append(element("rect", { x: left, y: 18, width: right - left, height: 12, fill: `url(#${id})` }));
  const marked = oneValue(field.low, field.high) ? [field.low] : ticks(low, high, 5);
  marked.forEach((tick, i) => svg.append(element("text", { x: left + (tick - low) / (high - low) * (right - left), y: 44, "text-anchor": "middle" }, labels(marked)[i])));
  return svg;
}

// The page

const time = document.getElementById("time");
time.max = data.times.length - 1;
time.value = data.times.length - 1;
const showTime = () => { document.getElementById("time-shown").textContent = `t = ${number(data.times[time.value])} s (${Number(time.value) + 1} of ${data.times.length})`; };
time.addEventListener("input", showTime);
showTime();
choose(document.getElementById("section"), data.sections.map((s, i) => [String(i), s.name]), "0", () => {});
choose(document.getElementById("over"), ["time", "charge", "theta", "x_mean", "step"].filter(n => columns.has(n)).map(n => [n, withUnit(n, columns.get(n).unit)]), "time", () => {});
document.querySelectorAll("figure.field").forEach(fieldFigure);
document.querySelectorAll("figure.chart").forEach(historyChart);
document.body.dataset.ready = "yes";
