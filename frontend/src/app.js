import htmx from "htmx.org";
import { listenForPicks } from "./bulk.js";
import "./charts/element.js";
import "./condition-editor.js";
import "./confirm.js";
import "./copy.js";
import { listenForDrawer } from "./drawer.js";
import "./fields.js";
import "./keys.js";
import "./menu.js";
import "./nav.js";
import "./order.js";
import "./palette.js";
import "./passkey.js";
import "./sections.js";
import "./tabs.js";
import { listenForTables } from "./table.js";
import { listenForErrors } from "./toast.js";
import { listenForDrafts } from "./work/drafts.js";
import "./work/files.js";
import "./work/mention.js";
import "./work/pick.js";
import "./work/rows.js";

document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRFToken"] = document.body.dataset.csrf;
});

// A form or a field that acts at once: <select data-submit>.
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submit]")) event.target.form.requestSubmit();
});

listenForErrors(htmx);
listenForDrawer(htmx);
listenForTables();
listenForPicks();
listenForDrafts(htmx);
