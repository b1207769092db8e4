"use strict";
// After a swap the keyboard is where the news is; a page with unsaved text asks before it is left; nothing is stored.
(() => {
  const focus = (root) => {
    const news = root.querySelector("[data-focus]");
    if (!news) return;
    news.focus();
    document.getElementById("status").textContent = (news.querySelector("h1,h2") || news).textContent.trim();
  };
  document.addEventListener("htmx:after:swap", () => focus(document));
  document.addEventListener("htmx:before:request", () => document.getElementById("problem")?.replaceChildren());
  document.addEventListener("DOMContentLoaded", () => focus(document));

  const typed = new Set();
  document.addEventListener("input", ({ target }) => {
    const form = target.form;
    if (form?.method === "post" && !("unguarded" in form.dataset)) typed.add(form);
    if (target.dataset.most) count(target);
    if ("echo" in target.dataset) echo(target);
  });
  document.addEventListener("submit", ({ target }) => typed.delete(target));
  addEventListener("beforeunload", (event) => {
    if ([...typed].some((form) => form.isConnected)) event.preventDefault();
  });

  const count = (area) => {
    const counter = document.getElementById(area.id + "-most");
    const left = area.dataset.most - [...area.value.trim()].length;
    counter.textContent = counter.dataset[left < 0 ? "over" : "left"].replace("%s", Math.abs(left));
    counter.toggleAttribute("data-exceeded", left < 0);
  };
  const words = new Intl.DateTimeFormat("sv-SE", { weekday: "long", day: "numeric", month: "long", year: "numeric" });
  const echo = (input) => {
    const day = input.valueAsDate;
    document.getElementById(input.id + "-words").textContent = day ? words.format(day) : "";
  };

  // a page from the browser's memory may show what is no longer allowed
  addEventListener("pageshow", (event) => event.persisted && location.reload());
})();
