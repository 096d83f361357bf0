// An answer as Markdown, with its sources: for the clipboard.

import { origin, webAddress } from "./dom.js";

/** Words as Markdown that shows just them: nothing in an article becomes a link, an image or a tag where it is pasted. */
export function escaped(words) {
  return words
    .replace(/\s+/g, " ")
    .trim()
    .replace(/[\\`*_{}[\]<>#|~!&$@]/g, "\\$&")
    .replace(/^(\d+)([.)])/, "$1\\$2")
    .replace(/^[-+=]/, "\\$&")
    .replace(/:\/\//g, "\\://")
    .replace(/\bwww\./gi, (found) => `${found.slice(0, -1)}\\.`);
}

/** The question, what limited it, the answer's text with its markers, and the list of what they stand for. */
export function answerAsMarkdown(question, answer) {
  const markers = new Set(answer.citations.map((citation) => citation.marker));
  const text = escaped(answer.text).replace(/\\\[(\d+)\\\]/g, (found, number) =>
    markers.has(Number(number)) ? `[${number}]` : found,
  );
  const limits = [answer.given_filters, answer.status === "answered" && answer.understood_filters].filter(Boolean);
  const limited = limits.map((limit) => `*${escaped(limit.told)}*`);
  const sources = answer.citations.map(sourceLine);
  const said = text || "The articles don't say.";
  return [`**${escaped(question)}**`, ...limited, said, sources.join("\n")].filter(Boolean).join("\n\n");
}

function sourceLine(citation) {
  if (citation.gone) return `${citation.marker}. (this article was deleted)`;
  const address = webAddress(citation.url);
  const title = escaped(citation.title ?? "Untitled");
  const link = address ? ` <${address}>` : "";
  return `${citation.marker}. ${title} (${escaped(origin(citation))}): “${escaped(citation.quote)}”${link}`;
}
