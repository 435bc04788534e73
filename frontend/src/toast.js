// Short messages in the corner. Errors stay until closed; the rest leave by themselves.
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

export function listenForErrors() {
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
  document.addEventListener("htmx:responseError", (event) => {
    const status = event.detail.xhr.status;
    toast(status === 404 ? words.gone : status === 403 ? words.refused : words.failed, "error");
  });
  document.addEventListener("htmx:sendError", () => toast(words.offline, "error"));
  document.addEventListener("htmx:timeout", () => toast(words.offline, "error"));
}
