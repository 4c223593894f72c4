"""A real headless Chromium, and pages that may not ask anybody for anything."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Request, sync_playwright

#: Where Chromium may be: the system's first, else the one that ``playwright install chromium`` fetched (found by Playwright itself).
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


@dataclass
class Opened:
    """A page, what it asked for beyond its own file, and what went wrong in it."""

    page: Page
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the browser once; a machine without one fails here, it does not skip."""
    found = next((path for path in map(shutil.which, CHROMIUM_NAMES) if path), None)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def open_file(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    """Give a function that writes HTML to a file and opens it with every request recorded, and all but the file's own refused."""
    contexts = []

    def open_page(html: str | bytes, *, width: int = 1280, height: int = 800) -> Opened:
        path = tmp_path / "page.html"
        path.write_bytes(html.encode() if isinstance(html, str) else html)
        context = browser.new_context(viewport={"width": width, "height": height}, service_workers="block")
        contexts.append(context)
        page = context.new_page()
        opened = Opened(page)
        own = path.as_uri()

        def record(request: Request) -> None:
            if request.url != own and not request.url.startswith("data:"):
                opened.requests.append(request.url)

        def hear(message: ConsoleMessage) -> None:
            if message.type in ("error", "warning"):
                opened.errors.append(message.text)

        def dismiss(dialog: Dialog) -> None:
            opened.errors.append(f"dialog: {dialog.message}")
            dialog.dismiss()

        page.on("request", record)
        page.on("websocket", lambda socket: opened.requests.append(socket.url))
        page.on("pageerror", lambda error: opened.errors.append(str(error)))
        page.on("console", hear)
        page.on("dialog", dismiss)
        context.route("**/*", lambda route: route.continue_() if route.request.url == own else route.abort())
        page.goto(own, wait_until="load")
        return opened

    yield open_page
    for context in contexts:
        context.close()
