// Files -> articles as POST /articles takes them. Read as `qa ingest` reads them, in the simple cases: UTF-8, and front
// matter of one line a field.

const LARGEST = 20_000_000; // bytes
const LONGEST_TITLE = 200; // characters
const FRONT_MATTER = /(?<![^])---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|(?![^]))/ms; // (?<![^]): at the very beginning
const ISO = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}.*)?$/;

/** What can't be read, and what to do. */
export class UnreadableFile extends Error {}

/** The articles of a file, and what is wrong with those that have none: {articles, failures: [{name, reason}]}. */
export async function readFile(file) {
  const reader = { txt: plain, md: markdown, markdown, jsonl: dump }[extension(file.name)];
  if (!reader) throw new UnreadableFile("its format is not known by its name; give a .txt, .md or .jsonl file");
  if (file.size > LARGEST) throw new UnreadableFile("it is over 20 MB; split it, or use “qa ingest”");
  const text = decoded(await file.arrayBuffer());
  if (!text.trim()) throw new UnreadableFile("there is no text in it");
  return reader(file.name, text);
}

function extension(name) {
  return name.includes(".") ? name.split(".").pop().toLowerCase() : "";
}

function decoded(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new UnreadableFile("it is not UTF-8 text; save it as UTF-8, or use “qa ingest”");
  }
}

function plain(name, text) {
  return { articles: [{ key: name, name, text, title: firstLine(text) }], failures: [] };
}

function markdown(name, text) {
  const front = FRONT_MATTER.exec(text);
  const fields = front ? frontMatter(front[1]) : {};
  const rest = front ? text.slice(front[0].length) : text;
  if (!rest.trim()) throw new UnreadableFile("there is no text after its front matter");
  const heading = /^ {0,3}#{1,6}[ \t]+(\S.*?)[# \t]*$/m.exec(rest);
  return { articles: [article(name, name, rest, fields, heading?.[1])], failures: [] };
}

/** The lines "name: value"; what is nested or listed is left out. */
function frontMatter(lines) {
  const fields = {};
  for (const line of lines.split(/\r?\n/)) {
    const [, name, value] = /^([A-Za-z_]+):[ \t]+(.*?)[ \t]*$/.exec(line) ?? [];
    if (name) fields[name] = unquoted(value);
  }
  return fields;
}

function unquoted(value) {
  const [, double, single] = /^(?:"((?:[^"\\]|\\.)*)"|'((?:[^']|'')*)')$/.exec(value) ?? [];
  if (double !== undefined) return double.replace(/\\(["\\])/g, "$1");
  return single !== undefined ? single.replaceAll("''", "'") : value;
}

function dump(name, text) {
  const articles = [];
  const failures = [];
  text.split(/\r?\n/).forEach((line, index) => {
    if (!line.trim()) return;
    const place = `${name}, line ${index + 1}`;
    try {
      articles.push(fromLine(place, `${name}#${index + 1}`, line));
    } catch (error) {
      failures.push({ name: place, reason: error.message });
    }
  });
  return { articles, failures };
}

function fromLine(name, key, line) {
  let record = null;
  try {
    record = JSON.parse(line);
  } catch {
    throw new UnreadableFile("it is not JSON; write one object a line");
  }
  if (record === null || typeof record !== "object" || Array.isArray(record)) {
    throw new UnreadableFile("it is not an object; write one object a line");
  }
  const text = [record.text, record.body, record.content].find((value) => typeof value === "string" && value.trim());
  if (!text) throw new UnreadableFile('it has no "text", "body" or "content"');
  return article(name, key, text, record, null);
}

function article(name, key, text, fields, heading) {
  const first = (...names) => names.map((one) => words(fields[one])).find(Boolean);
  const id = first("id", "_id");
  const url = first("url", "link");
  const made = {
    key: id ? `id:${id}` : (url ?? key),
    name,
    text,
    title: first("title", "headline") ?? heading ?? firstLine(text),
  };
  const published = first("published_at", "published", "date");
  const source = first("source", "publisher");
  if (url) made.url = url;
  if (source) made.source = source;
  if (published && ISO.test(published)) made.published_at = published;
  return made;
}

/** Words or a number as words; what news APIs nest ({"source": {"name": ...}}) too. */
function words(value) {
  const plainly = value !== null && typeof value === "object" ? value.name : value;
  return typeof plainly === "string" || typeof plainly === "number" ? String(plainly).trim() : "";
}

function firstLine(text) {
  const characters = [...text.trim().split(/\r?\n/, 1)[0].trim()];
  return characters.length <= LONGEST_TITLE ? characters.join("") : `${characters.slice(0, LONGEST_TITLE - 1).join("")}…`;
}
