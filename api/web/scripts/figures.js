// Figures that differ, drawn by date and source; and the same as a table, for those who don't see the drawing.

import { dayOf, h, svg } from "./dom.js";

const ROW = 3.1; // heights and widths in rem, so that doubled text has room
const DOT = 0.4;
const EDGE = 1;
const CHARACTER = 0.5; // how wide one is at the most, on average
const DAY_MS = 86_400_000;

/** A timeline that is drawn anew whenever its width changes. */
export function timeline(figures) {
  const drawing = h("div", { class: "drawing", "aria-hidden": "true" });
  new ResizeObserver(([entry]) => {
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    drawing.replaceChildren(draw(figures, entry.contentRect.width, rem));
  }).observe(drawing);
  return h("div", { class: "timeline" }, drawing, table(figures));
}

function table(figures) {
  const row = (figure) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, label(figure)),
      h("td", {}, figure.source ?? "unnamed source"),
      h("td", {}, dayOf(figure.as_of)),
      h("td", {}, figure.markers.map((marker) => `[${marker}]`).join(" ")),
    );
  return h(
    "table",
    { class: "unseen" },
    h("caption", {}, "Figures by source and date"),
    h("thead", {}, h("tr", {}, ["Figure", "Source", "Date", "Citation"].map((name) => h("th", { scope: "col" }, name)))),
    h("tbody", {}, figures.map(row)),
  );
}

/** "11 provincial capitals": as it is written, with what it counts where the words don't say so. */
export function label(figure) {
  const unit = figure.unit ?? "";
  const isWord = /^\p{Ll}/u.test(unit) && !figure.text.toLowerCase().includes(unit.toLowerCase());
  return isWord ? `${figure.text} ${unit}` : figure.text;
}

/** The places of the figures along the axis, 0 to 1; null for those without a date. */
export function places(figures) {
  const days = figures.map(({ as_of: day }) => (day ? Date.parse(`${day.slice(0, 10)}T00:00:00Z`) / DAY_MS : NaN));
  const known = days.filter((day) => !Number.isNaN(day));
  const [first, last] = [Math.min(...known), Math.max(...known)];
  return days.map((day) => (Number.isNaN(day) ? null : last === first ? 0.5 : (day - first) / (last - first)));
}

function draw(figures, width, rem) {
  const height = (figures.length * ROW + 1) * rem;
  const where = places(figures);
  const undated = where.includes(null);
  const dated = where.some((place) => place !== null);
  const from = (undated ? 5.5 : EDGE) * rem; // figures without a date stand in a column of their own
  const to = width - EDGE * rem;
  const bottom = figures.length * ROW * rem;
  const rows = figures.map((figure, index) => {
    const x = where[index] === null ? EDGE * rem : from + where[index] * (to - from);
    return row(figure, x, (index + 0.5) * ROW * rem, width, rem);
  });
  return svg(
    "svg",
    { width, height, viewBox: `0 0 ${width} ${height}`, focusable: "false" },
    dated && svg("line", { class: "axis", x1: from, y1: bottom, x2: to, y2: bottom }),
    rows,
    undated && words("ends", EDGE * rem - DOT * rem, bottom + 0.9 * rem, "start", dated ? "undated" : "all undated"),
    dated && ends(figures, where, from, to, bottom + 0.9 * rem),
  );
}

function row(figure, x, y, width, rem) {
  const before = x > width / 2; // the words stand on the side that has more room
  const gap = (before ? -1 : 1) * 2 * DOT * rem;
  const room = Math.max(6, Math.floor((before ? x : width - x) / (CHARACTER * rem)) - 2);
  const anchor = before ? "end" : "start";
  const dot = svg("circle", { class: figure.as_of ? "dot" : "dot hollow", cx: x, cy: y, r: DOT * rem });
  const day = figure.as_of ? ` · ${dayOf(figure.as_of)}` : "";
  return svg(
    "g",
    {},
    dot,
    words("value", x + gap, y - 0.2 * rem, anchor, cut(label(figure), room)),
    words("by", x + gap, y + 0.95 * rem, anchor, cut(`${figure.source ?? "unnamed source"}${day}`, room)),
  );
}

/** The first and the last day under the axis. */
function ends(figures, where, from, to, y) {
  const day = (place) => dayOf(figures[where.indexOf(place)].as_of);
  if (where.includes(0.5) && !where.includes(0)) return [words("ends", (from + to) / 2, y, "middle", day(0.5))];
  return [words("ends", from, y, "start", day(0)), words("ends", to, y, "end", day(1))];
}

function words(name, x, y, anchor, text) {
  return svg("text", { class: name, x, y, "text-anchor": anchor }, text);
}

function cut(text, room) {
  const characters = [...text];
  return characters.length <= room ? text : `${characters.slice(0, room - 1).join("")}…`;
}
