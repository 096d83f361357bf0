// Offsets of citations count Unicode code points; JavaScript's strings count UTF-16 units, of which an emoji has two.

/** The UTF-16 index of a code point's offset. */
function unitIndex(text, offset, from = { unit: 0, point: 0 }) {
  let { unit, point } = from;
  while (point < offset && unit < text.length) {
    unit += text.codePointAt(unit) > 0xffff ? 2 : 1;
    point += 1;
  }
  return unit;
}

/** A text cut at code points: what stands before start, from start to end, and after. */
export function cutAt(text, start, end) {
  const first = unitIndex(text, start);
  const last = unitIndex(text, end, { unit: first, point: start });
  return [text.slice(0, first), text.slice(first, last), text.slice(last)];
}
