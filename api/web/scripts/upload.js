// Files from a picker or dropped on the page, sent to the library, with what became of each.

import { addArticles } from "./api.js";
import { announce } from "./announce.js";
import { byId, count, h } from "./dom.js";
import { readFile } from "./files.js";

const BATCH = 100; // articles in a request
const BATCH_CHARACTERS = 4_000_000; // and how long they may be together
const SHOWN_FAILURES = 20; // lines of a dump

let uploads = Promise.resolve(); // one after the other, however fast files are dropped
let waiting = 0;

/** done: called when something was added. */
export function setUpUpload(done) {
  const zone = byId("drop");
  const picker = byId("files");
  picker.addEventListener("change", () => {
    const files = [...picker.files];
    picker.value = ""; // so that the same file can be chosen again
    upload(files, done);
  });
  const over = (is) => zone.classList.toggle("over", is);
  const main = byId("library");
  main.addEventListener("dragover", (event) => {
    event.preventDefault();
    over(true);
  });
  main.addEventListener("dragleave", (event) => {
    if (!main.contains(event.relatedTarget)) over(false);
  });
  main.addEventListener("drop", (event) => {
    event.preventDefault();
    over(false);
    upload([...event.dataTransfer.files], done);
  });
  // A file that misses the zone would be opened in the page's place.
  for (const name of ["dragover", "drop"]) window.addEventListener(name, (event) => event.preventDefault());
}

function upload(files, done) {
  if (!files.length) return;
  if (!waiting) byId("outcomes").replaceChildren();
  waiting += 1;
  uploads = uploads.then(() => take(files, done)).finally(() => (waiting -= 1));
}

async function take(files, done) {
  const progress = byId("upload-progress");
  progress.max = files.length;
  progress.value = 0;
  progress.hidden = false;
  let failed = 0;
  for (const [index, file] of files.entries()) {
    byId("upload-status").textContent = `${file.name} (${index + 1} of ${files.length})`;
    const outcome = await outcomeOf(file, (part) => (progress.value = index + part));
    failed += outcome.failures.length > 0 ? 1 : 0;
    byId("outcomes").append(line(file.name, outcome));
    progress.value = index + 1;
  }
  const words = failed ? `${count(failed, "file")} of ${files.length} had problems.` : "All files are in the library.";
  progress.hidden = true;
  byId("upload-status").textContent = words;
  announce(words);
  done();
}

/** What became of a file: how many articles of it were added, updated or known; and what failed. */
async function outcomeOf(file, onPart) {
  const counts = { added: 0, updated: 0, unchanged: 0 };
  const failures = [];
  try {
    const read = await readFile(file);
    failures.push(...read.failures);
    let sent = 0;
    for (const batch of batches(read.articles)) {
      const { results } = await addArticles(batch);
      for (const result of results) {
        if (result.outcome === "failed") failures.push(result);
        else counts[result.outcome] += 1;
      }
      sent += batch.length;
      onPart(sent / read.articles.length);
    }
  } catch (error) {
    failures.push({ name: file.name, reason: error.message });
  }
  return { counts, failures };
}

function* batches(articles) {
  let batch = [];
  let characters = 0;
  for (const article of articles) {
    if (batch.length === BATCH || (batch.length && characters + article.text.length > BATCH_CHARACTERS)) {
      yield batch;
      [batch, characters] = [[], 0];
    }
    batch.push(article);
    characters += article.text.length;
  }
  if (batch.length) yield batch;
}

function line(name, { counts, failures }) {
  const done = Object.entries(counts).filter(([, number]) => number > 0);
  const one = done.length === 1 && done[0][1] === 1 && !failures.length;
  const words = done.map(([outcome, number]) => (one ? outcome : `${number} ${outcome}`));
  if (failures.length) words.push(done.length || failures.length > 1 ? `${failures.length} failed` : "failed");
  const shown = failures.slice(0, SHOWN_FAILURES).map((failure) => {
    const place = failure.name === name ? "" : `${failure.name}: `;
    return h("li", {}, `${place}${failure.reason}`);
  });
  if (failures.length > SHOWN_FAILURES) shown.push(h("li", {}, `and ${failures.length - SHOWN_FAILURES} more`));
  return h(
    "li",
    { class: failures.length ? "bad" : "good" },
    h("strong", {}, name),
    `: ${words.join(", ") || "no articles in it"}`,
    shown.length > 0 && h("ul", {}, shown),
  );
}
