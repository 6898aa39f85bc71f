/* The playground's page: it shows what the server drew, and tells the server what a person does. */

const $ = (id) => document.getElementById(id);
const log = $("log"), field = $("field"), menu = $("menu"), narrow = matchMedia("(max-width: 56rem)");
const browserZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

let state = null, received = 0; // the last snapshot, and when it came
let person = 7;
let source = null; // the event stream of that person
let pending = 0, awaited = 0; // acts on their way, and the outlook that will hold the last one
let queue = Promise.resolve();
let about = null; // { verb: "reply" | "edit", id }: what the next words are about
let chosen = [], chosenAs = ""; // files to send
let deepLink = new URLSearchParams(location.search).get("start");
const drawn = new Map(); // id of an item → { node, html }

/* Talking with the server */

const act = (name, given = {}) =>
  post("act", JSON.stringify({ act: name, person, ...given }), { "Content-Type": "application/json" });

function post(path, body, headers = {}) {
  pending += 1;
  settle();
  return (queue = queue.then(() => deliver(path, { method: "POST", body, headers })));
}

async function deliver(path, request) {
  try {
    const answer = await fetch(path, request);
    const trouble = { error: answer.status === 413 ? "Those files are too large: 50 MB together." : "That did not work." };
    const told = await answer.json().catch(() => trouble);
    if (!answer.ok) toast(told.error);
    awaited = Math.max(awaited, told.version ?? 0);
    return answer.ok;
  } catch {
    toast("The playground does not answer.");
    return false;
  } finally {
    pending -= 1;
    settle();
  }
}

/* data-settled is "true" when everything was done, told and shown: tests wait for it. */
function settle() {
  const done = state?.person === person && !pending && !state.busy && state.version >= awaited;
  document.documentElement.dataset.settled = done;
}

function watch() {
  source?.close();
  source = new EventSource(`stream?person=${person}&zone=${encodeURIComponent(browserZone)}`);
  source.onopen = () => ($("trouble").hidden = true);
  source.onerror = () => ($("trouble").hidden = false);
  source.onmessage = (event) => show(JSON.parse(event.data));
}

function show(news) {
  const before = state;
  state = news;
  received = performance.now();
  const other = before?.person !== state.person || before.run !== state.run;
  if (other) clear();
  showChat(other ? null : before);
  showPanel();
  settle();
}

function toast(words) {
  $("toast").textContent = words;
  $("toast").hidden = false;
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => ($("toast").hidden = true), 6000);
}

/* The chat */

function clear() {
  for (const { node } of drawn.values()) node.remove();
  drawn.clear();
  log.setAttribute("aria-live", "off"); // a whole chat is not news
  setTimeout(() => log.setAttribute("aria-live", "polite"), 500);
  attend(null);
  choose([]);
}

function showChat(before) {
  const atEnd = far() < 80, last = state.items.at(-1)?.id, isNew = last !== before?.items.at(-1)?.id;
  $("name").textContent = state.name;
  $("description").textContent = state.description;
  $("intro").hidden = state.items.length > 0 && !deepLink;
  $("blocked").hidden = state.status !== "kicked";
  $("composer").hidden = state.status === "kicked";
  if ($("keyboard").innerHTML !== state.keyboard) $("keyboard").innerHTML = state.keyboard;
  $("typing").hidden = !state.busy || state.status === "kicked";
  showItems();
  if (!before || atEnd || (isNew && drawn.get(last)?.node.querySelector(".own"))) toEnd();
  else if (isNew) $("latest").classList.add("news");
  scrolled();
}

function showItems() {
  const gone = new Set(drawn.keys());
  let place = deepLink ? null : $("intro"); // a link's Start stands below what was said before
  for (const { id, html } of state.items) {
    let known = drawn.get(id);
    gone.delete(id);
    if (known?.html !== html) {
      const node = document.createElement("div");
      node.innerHTML = html; // drawn and escaped by the server; the page's policy runs no script in it
      if (known) replace(known.node, node);
      drawn.set(id, (known = { node, html }));
    }
    const next = place ? place.nextSibling : log.firstChild;
    if (next !== known.node) log.insertBefore(known.node, next);
    place = known.node;
  }
  for (const id of gone) drawn.get(id).node.remove(), drawn.delete(id);
}

/* The keyboard stays where it was: on the same control, or on its message where that one is gone. */
function replace(old, node) {
  const held = old.contains(document.activeElement) ? document.activeElement : null;
  old.replaceWith(node);
  const same = held?.dataset.key && node.querySelector(`[data-key="${held.dataset.key}"]`);
  if (held) (same || node.querySelector(".item")).focus({ preventScroll: true });
}

const far = () => log.scrollHeight - log.scrollTop - log.clientHeight;
const toEnd = () => (log.scrollTop = log.scrollHeight);

function scrolled() {
  $("latest").hidden = far() < 120;
  if ($("latest").hidden) $("latest").classList.remove("news");
}

function find(id) {
  const item = [...log.querySelectorAll(".item")].find((one) => JSON.parse(one.dataset.ids).includes(id));
  if (!item) return;
  item.scrollIntoView({ block: "center" });
  item.focus({ preventScroll: true });
  item.classList.remove("found");
  requestAnimationFrame(() => item.classList.add("found"));
}

async function view({ view: source, name }) {
  const text = await (await fetch(source)).text();
  $("viewer-title").textContent = name;
  $("viewed").textContent = text;
  $("viewer").showModal();
}

function press(button) {
  button.ariaBusy = "true";
  act("press", JSON.parse(button.dataset.press)).then(() => (button.ariaBusy = null));
}

function reveal(spoiler) {
  spoiler.ariaExpanded = "true";
  spoiler.removeAttribute("aria-label");
  spoiler.firstChild.removeAttribute("aria-hidden");
}

log.addEventListener("click", ({ target }) => {
  const button = target.closest("button"), item = target.closest(".item");
  if (!button || !item) return;
  if (button.dataset.press) press(button);
  else if (button.dataset.copy) navigator.clipboard.writeText(button.dataset.copy).then(() => (button.textContent = "Copied"));
  else if (button.dataset.say) act("say", { text: button.dataset.say });
  else if (button.dataset.find) find(Number(button.dataset.find));
  else if (button.dataset.view) view(button.dataset);
  else if ("unreact" in button.dataset) act("react", { message: Number(item.dataset.id) });
  else if (button.matches(".spoiler")) reveal(button);
  else if (button.matches(".more")) openMenu(item);
});
log.addEventListener("contextmenu", (event) => {
  if (!event.target.closest(".bubble") || event.target.closest("a, img") || !getSelection().isCollapsed) return;
  event.preventDefault();
  openMenu(event.target.closest(".item"));
});
log.addEventListener("scroll", scrolled, { passive: true });
log.addEventListener("load", () => far() < 500 && toEnd(), true); // a picture came in below
new ResizeObserver(() => far() < 200 && toEnd()).observe(log);

/* What can be done with a message */

function openMenu(item) {
  menu.item = item;
  for (const button of menu.querySelectorAll("[data-emoji]")) button.ariaPressed = button.dataset.emoji === item.dataset.yours;
  menu.querySelector("[data-verb=edit]").hidden = !item.dataset.edit;
  menu.querySelector("[data-verb=fade]").hidden = "faded" in item.dataset;
  popUp(menu, item.querySelector(".more"));
}

function popUp(sheet, anchor) {
  if (!sheet.matches(":popover-open")) sheet.showPopover();
  const box = anchor.getBoundingClientRect(), { offsetWidth: width, offsetHeight: height } = sheet;
  const fits = box.bottom + height + 8 < innerHeight;
  sheet.style.left = `${Math.max(8, Math.min(box.left, innerWidth - width - 8))}px`;
  sheet.style.top = `${fits ? box.bottom + 4 : Math.max(8, box.top - height - 4)}px`;
  sheet.querySelector("button").focus();
}

menu.addEventListener("click", ({ target }) => {
  const { emoji, verb } = target.closest("button")?.dataset ?? {}, { item } = menu, id = Number(item.dataset.id);
  if (!emoji && !verb) return;
  menu.hidePopover();
  if (emoji) act("react", { message: id, emoji: emoji === item.dataset.yours ? "" : emoji });
  else if (verb === "reply") attend({ verb, id, words: item.dataset.brief });
  else if (verb === "edit") attend({ verb, id: Number(item.dataset.edit), words: item.dataset.brief, text: item.dataset.text });
  else for (const message of JSON.parse(item.dataset.ids)) act(verb, { message });
});

/* The composer */

function attend(next) {
  about = next;
  $("about").hidden = !next;
  if (!next) return;
  $("doing").textContent = next.verb === "edit" ? "Edit" : "Reply to";
  $("quoted").textContent = next.words;
  if (next.verb === "edit") field.value = next.text;
  field.focus();
}

function cancel() {
  if (about?.verb === "edit") field.value = "";
  attend(null);
  field.focus();
}

function editLast() {
  const item = [...log.querySelectorAll(".item[data-edit]")].findLast((one) => one.dataset.text);
  if (item) attend({ verb: "edit", id: Number(item.dataset.edit), words: item.dataset.brief, text: item.dataset.text });
}

function choose(files, as = "") {
  chosen = [...files];
  chosenAs = as;
  $("chosen").hidden = !chosen.length;
  $("chosen").replaceChildren(...chosen.map((file) => {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: `${file.name.length > 24 ? `${file.name.slice(0, 20)}…` : file.name} ✕`, ariaLabel: `${file.name}: take it away` });
    button.onclick = () => (choose(chosen.filter((one) => one !== file), chosenAs), field.focus());
    return button;
  }));
  if (chosen.length) field.focus();
}

async function submit() {
  const text = field.value.trim(), files = chosen, as = chosenAs, to = about;
  if (!text && !files.length) return;
  field.value = "";
  listCommands(null);
  attend(null);
  choose([]);
  const reply = to?.verb === "reply" ? { reply_to: to.id } : {};
  const send = () => (files.length ? sendFiles(files, { person, caption: text, as, ...reply }) : act("say", { text, ...reply }));
  if (await (to?.verb === "edit" ? act("edit", { message: to.id, text }) : send())) return;
  field.value ||= text;
  if (files.length) choose(files, as);
}

function sendFiles(files, given) {
  const form = new FormData();
  for (const [name, value] of Object.entries(given)) form.append(name, value);
  for (const file of files) form.append("file", file);
  return post("send", form);
}

/* The commands that begin with the letters typed; null for none. */
function listCommands(typed) {
  const fits = typed === null ? [] : state.commands.filter((one) => one.command.startsWith(typed));
  $("slash").ariaExpanded = fits.length > 0;
  $("commands").hidden = !fits.length;
  $("commands").replaceChildren(...fits.map(({ command, description }) => {
    const button = document.createElement("button"), name = document.createElement("b"), words = document.createElement("span");
    Object.assign(name, { textContent: `/${command}` });
    Object.assign(words, { textContent: description, dir: "auto" });
    button.append(name, words);
    button.onclick = () => (leaveCommands(), (field.value = ""), act("say", { text: `/${command}` }));
    return button;
  }));
}

const leaveCommands = () => (listCommands(null), field.focus());

function walkCommands(event) {
  const buttons = [...$("commands").children], step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === "Escape") leaveCommands();
  if (!step) return;
  event.preventDefault();
  (buttons[buttons.indexOf(document.activeElement) + step] ?? field).focus();
}

field.addEventListener("keydown", (event) => {
  const listed = !$("commands").hidden, up = event.key === "ArrowUp";
  if (event.key === "Escape" && listed) leaveCommands();
  else if (event.key === "Escape" && about) cancel();
  else if (up && listed) $("commands").lastChild.focus();
  else if (up && !field.value) editLast();
  else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) submit();
  else return;
  event.preventDefault();
});
field.addEventListener("input", () => listCommands(field.value.match(/^\/(\w*)$/)?.[1] ?? null));
field.addEventListener("paste", (event) => {
  if (!event.clipboardData.files.length) return;
  event.preventDefault();
  choose([...chosen, ...event.clipboardData.files]);
});
$("composer").addEventListener("submit", (event) => (event.preventDefault(), submit()));
$("commands").addEventListener("keydown", walkCommands);
$("slash").addEventListener("click", () => {
  listCommands($("commands").hidden ? "" : null);
  ($("commands").firstChild ?? field).focus();
});
$("keyboard").addEventListener("click", ({ target: { dataset } }) => {
  if ("locate" in dataset) $("locate").click();
  else if (dataset.say) act("say", { text: dataset.say });
});
$("cancel").addEventListener("click", cancel);
$("unblock").addEventListener("click", () => act("unblock"));
$("latest").addEventListener("click", () => (toEnd(), field.focus()));
$("start").addEventListener("click", () => {
  act("say", { text: deepLink ? `/start ${deepLink}` : "/start" });
  deepLink = null;
  history.replaceState(null, "", "/");
  field.focus();
});

for (const kind of ["dragover", "dragleave", "drop"]) {
  $("chat").addEventListener(kind, (event) => {
    event.preventDefault();
    $("composer").classList.toggle("over", kind === "dragover");
    if (kind === "drop" && event.dataTransfer.files.length) choose([...chosen, ...event.dataTransfer.files]);
  });
}

$("attach").addEventListener("click", () => popUp($("attachments"), $("attach")));
$("attachments").addEventListener("click", ({ target }) => {
  const { accept, as, emoji } = target.closest("button")?.dataset ?? {};
  if (target.closest("button")) $("attachments").hidePopover();
  if (emoji) act("sticker", { emoji });
  if (accept === undefined) return;
  chosenAs = as ?? "";
  Object.assign($("files"), { accept, value: "" }).click();
});
$("files").addEventListener("change", () => choose($("files").files, chosenAs));

const fill = () => ([$("lat").value, $("lon").value] = $("city").value.split(" "));
$("locate").addEventListener("click", () => (fill(), $("place").showModal()));
$("city").addEventListener("change", fill);
$("place").addEventListener("submit", (event) => {
  event.preventDefault();
  $("place").close();
  act("locate", { lat: $("lat").value, lon: $("lon").value });
});
for (const button of document.querySelectorAll("dialog [type=button]")) button.onclick = () => button.closest("dialog").close();

/* The panel */

function openPanel(open) {
  document.body.classList.toggle("closed", !open);
  $("toggle").ariaExpanded = open;
  $("chat").inert = open && narrow.matches;
}

function tick() {
  if (!state) return;
  const moment = new Date(Date.parse(state.now) + performance.now() - received);
  const say = (options) => new Intl.DateTimeFormat("en-GB", { timeZone: state.device, ...options }).format(moment);
  const time = say({ hour: "2-digit", minute: "2-digit" });
  $("now").textContent = `${say({ weekday: "long", day: "numeric", month: "long", year: "numeric" })}, ${time}`;
  $("clock").textContent = `${say({ weekday: "short", day: "numeric", month: "short" })}, ${time}`;
}

function showPanel() {
  tick();
  $("next").textContent = state.next || "none yet";
  $("block").textContent = state.status === "kicked" ? "Unblock the bot" : "Block the bot";
  $("block").disabled = state.status === "new";
  $("weather").textContent = state.weather;
  $("zone").placeholder = state.device;
  if (document.activeElement !== $("zone")) $("zone").value = state.zone;
  $("language").value = state.language;
  for (const button of document.querySelectorAll("[data-person]")) button.ariaPressed = Number(button.dataset.person) === state.person;
  if ($("calls").told === state.calls) return;
  const open = [...$("calls").querySelectorAll("[open]")].map((one) => one.dataset.key);
  $("calls").innerHTML = $("calls").told = state.calls;
  for (const one of $("calls").querySelectorAll("details")) one.open = open.includes(one.dataset.key);
}

$("toggle").addEventListener("click", () => {
  openPanel(document.body.classList.contains("closed"));
  if (narrow.matches) $("close").focus();
});
$("close").addEventListener("click", () => (openPanel(false), $("toggle").focus()));
$("panel").addEventListener("keydown", (event) => event.key === "Escape" && $("close").click());
$("panel").addEventListener("click", ({ target }) => {
  const { hours, weather, person: other } = target.closest("button")?.dataset ?? {};
  if (narrow.matches && (other || hours !== undefined)) $("close").click(); // what follows is in the chat
  if (hours !== undefined) act("wind", { hours });
  if (weather) act("weather", { how: weather, kind: weather === "storm" ? "429" : $("fault").value });
  if (other) (person = Number(other)), settle(), watch();
});
$("zone").addEventListener("change", () => act("device", { zone: $("zone").value }));
$("language").addEventListener("change", () => act("device", { language: $("language").value }));
$("block").addEventListener("click", () => act(state.status === "kicked" ? "unblock" : "block"));

const sure = (yes) => Object.assign($("over"), { sure: yes, textContent: yes ? "Press again: all of this goes" : "Start over" });
$("over").addEventListener("blur", () => sure(false));
$("over").addEventListener("click", () => ($("over").sure ? (sure(false), act("start_over")) : sure(true)));

narrow.addEventListener("change", () => openPanel(!narrow.matches));
openPanel(!narrow.matches);
setInterval(tick, 1000);
watch();
