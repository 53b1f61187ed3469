"""Pages that tell when a text of somebody's became a script: it called `hit`, opened a dialog, or met the policy."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, Page

LISTENS = "addEventListener('securitypolicyviolation', (one) => met(`${one.violatedDirective}: ${one.blockedURI}`));"
SMUGGLED = """() => {
  const shady = /^\\s*(javascript|vbscript|data:text)/i;
  return [...document.querySelectorAll("*")].filter((one) =>
    ["IFRAME", "OBJECT", "EMBED", "BASE", "MARQUEE", "VIDEO", "MATH", "TEMPLATE", "NOSCRIPT"].includes(one.tagName) ||
    (one.tagName === "SCRIPT" && /hit\\(|alert\\(/.test(one.text)) ||
    (one.tagName === "STYLE" && /javascript:|hit\\(/.test(one.textContent)) ||
    [...one.attributes].some((attribute) =>
      attribute.name.startsWith("on") ||
      (["href", "src", "action", "data", "xlink:href", "srcdoc"].includes(attribute.name) &&
        shady.test(attribute.value)))
  ).map((one) => one.outerHTML.slice(0, 200));
}"""


@dataclass
class Watch:
    """What a text did that should only have been shown."""

    did: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        """From now on nothing on a page of these escapes."""
        context.expose_function("hit", lambda *_said: self.did.append("hit"))
        context.expose_function("met", lambda what: self.did.append(f"policy: {what}"))
        context.add_init_script(LISTENS)
        context.on("dialog", lambda dialog: (self.did.append(f"dialog: {dialog.type}"), dialog.accept()))
        for page in context.pages:
            page.evaluate(LISTENS)

    def look(self, page: Page) -> None:
        """No element on the page came out of a text, and whatever was about to run had the time to."""
        page.wait_for_timeout(50)
        self.did += [f"element: {one}" for one in page.evaluate(SMUGGLED)]
