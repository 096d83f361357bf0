// What an answer rests on: its text with a chip for each citation, and the list of its sources.

import { h, origin } from "./dom.js";
import { showsQuote } from "./quote.js";

/** An answer's text, a chip in the place of each marker. Its text content is the text itself. */
export function citedText(answer, actions) {
  const citations = new Map(answer.citations.map((citation) => [citation.marker, citation]));
  const parts = answer.text.split(/(\[\d+\])/).map((part) => {
    const citation = /^\[\d+\]$/.test(part) ? citations.get(Number(part.slice(1, -1))) : null;
    return citation ? chip(citation, actions) : part;
  });
  return h("p", { class: "answer-text" }, parts);
}

/** The number of a citation, to see its quote and to open its article. */
export function chip(citation, actions) {
  const said = citation.gone ? "deleted article" : `${citation.title ?? "Untitled"}, ${origin(citation)}`;
  const button = h(
    "button",
    {
      type: "button",
      class: citation.gone ? "chip gone" : "chip",
      "aria-label": `[${citation.marker}] Source ${citation.marker}: ${said}`,
      onclick: () => actions.openExcerpt(citation, button),
    },
    `[${citation.marker}]`,
  );
  if (!citation.gone) showsQuote(button, citation);
  return button;
}

/** The sources of an answer by their numbers, each with the others that say the same. */
export function sourceList(citations, actions) {
  return h(
    "ol",
    { class: "sources", "aria-label": "Sources" },
    citations.map((citation) => h("li", { value: citation.marker }, source(citation, actions))),
  );
}

const STANDING = {
  moved: "has moved in the article since",
  changed: "no longer in the article",
};

function source(citation, actions) {
  if (citation.gone) return [h("span", { class: "gone" }, "This article was deleted.")];
  const partly = citation.support === "partial" ? h("span", { class: "tag" }, "partly supports it") : null;
  const others = citation.also_in.map((excerpt) => [
    ", ",
    opener(excerpt, excerpt.source ?? excerpt.title, actions),
    standingTag(excerpt),
  ]);
  return [
    opener(citation, citation.title, actions),
    h("span", { class: "origin" }, origin(citation)),
    partly,
    standingTag(citation),
    citation.dates?.length > 0 && h("span", { class: "dates" }, datesTold(citation.dates)),
    others.length > 0 && h("span", { class: "also" }, "Also in ", others.flat().slice(1)),
  ];
}

/** What became of the words of a citation or excerpt since; nothing where they stand where they stood. */
function standingTag({ standing }) {
  return STANDING[standing] && h("span", { class: "tag" }, STANDING[standing]);
}

/** What the words for times in a quote mean, by its article's own day. */
export function datesTold(dates) {
  return dates.map(({ words, told }) => `${words}: ${told}`).join("; ");
}

/** Passages near a question that has no answer. */
export function nearestList(excerpts, actions) {
  return h(
    "ul",
    { class: "nearest" },
    excerpts.map((excerpt) =>
      h(
        "li",
        {},
        h("blockquote", {}, excerpt.quote),
        opener(excerpt, excerpt.title, actions),
        h("span", { class: "origin" }, origin(excerpt)),
        standingTag(excerpt),
      ),
    ),
  );
}

function opener(excerpt, name, actions) {
  const button = h(
    "button",
    { type: "button", class: "link", onclick: () => actions.openExcerpt(excerpt, button) },
    name ?? "Untitled",
  );
  return button;
}
