// Short messages in the corner. Errors stay until closed; the rest leave by themselves.
import { offerAgain, placeOf } from "./again.js";

const words = document.body.dataset;

export function toast(text, tone = "info") {
  const box = document.createElement("div");
  box.className = `toast-line tone-${tone}`;
  box.setAttribute("role", tone === "error" ? "alert" : "status");
  box.textContent = text;
  box.append(closeButton());
  document.querySelector(".toasts").append(box);
  leaveLater(box);
}

function closeButton() {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn-close";
  button.setAttribute("aria-label", words.close);
  return button;
}

// A toast with a button stays longer, and none leaves from under the pointer or the focus.
function leaveLater(box) {
  if (box.matches(".tone-error")) return;
  const wait = box.matches("[data-undo]") ? 15000 : 6000;
  setTimeout(() => (box.matches(":hover, :focus-within") ? leaveLater(box) : box.remove()), wait);
}

export function listenForErrors(htmx) {
  document.querySelectorAll(".toast-line").forEach(leaveLater);
  document.addEventListener("htmx:oobAfterSwap", (event) => {
    if (event.target.matches(".toasts")) leaveLater(event.target.lastElementChild);
  });
  document.addEventListener("click", (event) => {
    if (event.target.matches(".toast-line .btn-close")) event.target.closest(".toast-line").remove();
  });
  // What was undone cannot be undone again.
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) event.target.closest?.(".toast-line")?.remove();
  });
  const fail = (detail, textFor) => {
    const place = placeOf(detail);
    const text = textFor(detail, place);
    if (place) offerAgain(htmx, place, detail, text);
    else toastOnce(text);
  };
  document.addEventListener("htmx:responseError", ({ detail }) => fail(detail, wordsFor));
  const away = ({ detail }) => fail(detail, (_detail, place) => (place ? words.unread : words.offline));
  document.addEventListener("htmx:sendError", away);
  document.addEventListener("htmx:timeout", away);
}

function wordsFor({ xhr, requestConfig }, place) {
  if (xhr.status === 404) return words.gone;
  if (xhr.status === 403) return words.refused;
  if (xhr.getResponseHeader("Content-Type")?.startsWith("text/plain")) return xhr.responseText;
  return place || requestConfig.verb === "get" ? words.unread : words.failed;
}

// What asks again and again fails again and again.
function toastOnce(text) {
  const shown = [...document.querySelectorAll(".toast-line")].some((each) => each.textContent.includes(text));
  if (!shown) toast(text, "error");
}
