// Putting cards and fields in order: dragged by the handle, or moved by the arrow keys while the handle has the focus.
import Sortable from "sortablejs";
import { toast } from "./toast.js";

const root = document.querySelector("[data-order]");
const said = document.getElementById("order-said");

if (root) {
  const options = { handle: "[data-handle]", animation: 120, ghostClass: "being-moved", onEnd: save };
  Sortable.create(root, { ...options, draggable: "[data-card]" });
  root.querySelectorAll("[data-fields]").forEach((list) => Sortable.create(list, { ...options, group: "fields" }));
  root.addEventListener("keydown", (event) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step || !event.target.matches("[data-handle]")) return;
    event.preventDefault();
    if (move(event.target.closest("[data-field], [data-card]"), step)) save();
    event.target.focus();
  });
}

// A field at the end of its card goes on into the next one.
function move(item, step) {
  const next = step > 0 ? item.nextElementSibling : item.previousElementSibling;
  if (next) next[step > 0 ? "after" : "before"](item);
  else if (item.matches("[data-card]")) return false;
  else {
    const lists = [...root.querySelectorAll("[data-fields]")];
    const list = lists[lists.indexOf(item.parentElement) + step];
    if (!list) return false;
    list[step > 0 ? "prepend" : "append"](item);
  }
  const place = [...item.parentElement.children].indexOf(item) + 1;
  const name = item.querySelector("h2, a").textContent;
  said.textContent = said.dataset.moved.replace("#name", name).replace("#place", place);
  return true;
}

async function save() {
  const cards = [...root.querySelectorAll("[data-card]")];
  const order = cards.map((card) => [
    Number(card.dataset.card),
    [...card.querySelectorAll("[data-field]")].map((field) => Number(field.dataset.field)),
  ]);
  const headers = { "X-CSRFToken": document.body.dataset.csrf };
  const body = new URLSearchParams({ order: JSON.stringify(order) });
  const answer = await fetch(root.dataset.order, { method: "POST", headers, body }).catch(() => null);
  if (answer?.ok) root.dataset.saved = String(Number(root.dataset.saved || 0) + 1);
  else toast(answer?.status === 409 ? await answer.text() : document.body.dataset.failed, "error");
}
