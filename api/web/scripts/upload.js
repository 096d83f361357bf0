// Files from a picker or dropped on the page, sent to the library, with what became of each. A file of many articles is
// a job of the server, which is followed; so are those that the page finds under way.

import { cancelJob, followJob, isOver, listJobs, listResults, uploadFile } from "./api.js";
import { announce } from "./announce.js";
import { byId, count, h } from "./dom.js";

const LARGEST = 64 * 1024 * 1024; // bytes of a request
const SHOWN_FAILURES = 20; // articles of a file
const RESULTS = 500; // asked for at a time
const JOBS = 20; // looked at: more are never under way
const WHY = {
  cancelled: "it was stopped; what was taken in is kept",
  interrupted: "the server ended before it was all taken in; give the file again, and it goes on with the rest",
};

const MAKING_ANEW = "The indexes are made anew";

let uploads = Promise.resolve(); // one after the other, however fast files are dropped
let waiting = 0;
let running = null; // the id of the job that is followed

/** done: called when something was added. */
export function setUpUpload(done) {
  const zone = byId("drop");
  const picker = byId("files");
  picker.addEventListener("change", () => {
    const files = [...picker.files];
    picker.value = ""; // so that the same file can be chosen again
    upload(files, done);
  });
  byId("upload-stop").addEventListener("click", () => running && cancelJob(running).catch(() => {}));
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
  uploads = followOthers(done).catch(() => {}); // a server that can't be asked says so elsewhere
}

function upload(files, done) {
  if (!files.length) return;
  if (!waiting) byId("outcomes").replaceChildren();
  waiting += 1;
  uploads = uploads.then(() => take(files, done)).finally(() => (waiting -= 1));
}

/** Show the jobs under way, as after a reload, one after the other, until files are given. */
async function followOthers(done) {
  const { items } = await listJobs(JOBS);
  const progress = byId("upload-progress");
  for (const begun of items.filter((job) => !isOver(job)).reverse()) {
    const name = begun.kind === "reindex" ? MAKING_ANEW : begun.about;
    progress.max = 1;
    progress.hidden = false;
    try {
      const outcome = await outcomeOfJob({ name }, begun, (job) => {
        progress.value = job.share ?? 0;
        byId("upload-status").textContent = `${name}: ${told(job)}`;
        return !waiting;
      });
      if (!outcome) return;
      byId("outcomes").append(line(name, outcome, begun.kind === "reindex" ? "done" : undefined));
    } finally {
      byId("upload-status").textContent = "";
      progress.hidden = true; // files that take its place show it again
    }
    done();
  }
}

async function take(files, done) {
  const progress = byId("upload-progress");
  progress.max = files.length;
  progress.value = 0;
  progress.hidden = false;
  let failed = 0;
  for (const [index, file] of files.entries()) {
    const place = `${file.name} (${index + 1} of ${files.length})`;
    byId("upload-status").textContent = place;
    const outcome = await outcomeOf(file, (job) => {
      progress.value = index + (job.share ?? 0);
      byId("upload-status").textContent = `${place}: ${told(job)}`;
    });
    failed += outcome.failed > 0 ? 1 : 0;
    byId("outcomes").append(line(file.name, outcome));
    progress.value = index + 1;
  }
  const words = failed ? `${count(failed, "file")} of ${files.length} had problems.` : "All files are in the library.";
  progress.hidden = true;
  byId("upload-status").textContent = words;
  announce(words);
  done();
}

/** What became of a file: how many articles had which outcome, how many failed, and the first that did, with reasons. */
async function outcomeOf(file, onJob) {
  if (file.size > LARGEST) return broken(file, "it is over 64 MB; take it in on the command line, with “qa ingest”");
  try {
    const { job, results } = await uploadFile(file);
    return job ? await outcomeOfJob(file, job, onJob) : outcomeOfAll(results);
  } catch (error) {
    return broken(file, error.message);
  }
}

function broken(file, reason) {
  return { counts: {}, failed: 1, failures: [{ name: file.name, reason }] };
}

function outcomeOfAll(results) {
  const counts = { added: 0, updated: 0, unchanged: 0 };
  const failures = results.filter((result) => result.outcome === "failed");
  for (const { outcome } of results) if (outcome !== "failed") counts[outcome] += 1;
  return { counts, failed: failures.length, failures };
}

/** What became of a job. onJob: told how it stands; where it returns false, no more is told, and null comes of it. */
async function outcomeOfJob(file, begun, onJob) {
  const stop = byId("upload-stop");
  let job = begun;
  running = job.id;
  stop.hidden = false;
  try {
    for await (job of followJob(begun)) if (onJob(job) === false) return null;
  } finally {
    running = null;
    stop.hidden = true;
  }
  const { failed, ...counts } = job.tally;
  const failures = await firstFailures(job);
  if (job.state === "done") return { counts, failed, failures };
  return { counts, failed: failed + 1, failures: [{ name: file.name, reason: job.error ?? WHY[job.state] }, ...failures] };
}

async function firstFailures(job) {
  const failures = [];
  let cursor = null;
  while (failures.length < Math.min(job.tally.failed, SHOWN_FAILURES)) {
    const page = await listResults(job.id, RESULTS, cursor);
    failures.push(...page.items.filter((result) => result.outcome === "failed"));
    cursor = page.next_cursor;
    if (!cursor) break;
  }
  return failures;
}

/** How far a job is: "640 articles, 312 a second, 5 s left". */
function told(job) {
  if (job.state === "waiting") return "waits for another job";
  const words = [count(job.done, job.kind === "reindex" ? "passage" : "article")];
  if (job.rate) words.push(`${Math.round(job.rate).toLocaleString("en-GB")} a second`);
  if (job.seconds_left !== null) words.push(`${Math.ceil(job.seconds_left).toLocaleString("en-GB")} s left`);
  return words.join(", ");
}

function line(name, { counts, failed, failures }, otherwise = "no articles in it") {
  const done = Object.entries(counts).filter(([, number]) => number > 0);
  const one = done.length === 1 && done[0][1] === 1 && !failed;
  const words = done.map(([outcome, number]) => (one ? outcome : `${number.toLocaleString("en-GB")} ${outcome}`));
  if (failed) words.push(done.length || failed > 1 ? `${failed.toLocaleString("en-GB")} failed` : "failed");
  const shown = failures.slice(0, SHOWN_FAILURES).map((failure) => {
    const place = failure.name === name ? "" : `${failure.name}: `;
    return h("li", {}, `${place}${failure.reason}`);
  });
  if (failed > shown.length) shown.push(h("li", {}, `and ${(failed - shown.length).toLocaleString("en-GB")} more`));
  return h(
    "li",
    { class: failed ? "bad" : "good" },
    h("strong", {}, name),
    `: ${words.join(", ") || otherwise}`,
    shown.length > 0 && h("ul", {}, shown),
  );
}
