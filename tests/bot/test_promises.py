"""What the README, the manifest and the layers promise is held: each drifts unless a test looks."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from bot import VERSION, manifest
from bot.cli import parser
from bot.settings import Settings
from content import formats
from content.documents import Document
from tests.conftest import SEEDS

ROOT = SEEDS.parent
README = (ROOT / "README.md").read_text("utf-8")
LAYERS = ("content", "handlers", "bot")


def commands() -> list[str]:
    (action,) = [one for one in parser()._actions if one.dest == "command"]
    return list(action.choices or ())


@pytest.mark.parametrize("command", commands())
def test_every_command_is_in_the_readme(command: str) -> None:
    assert re.search(rf"`{command}\b", README)


@pytest.mark.parametrize("field", Settings.model_fields)
def test_every_setting_is_in_the_readme(field: str) -> None:
    alias = Settings.model_fields[field].validation_alias
    assert f"`{alias or f'ALIBABA_{field.upper()}'}`" in README or f"{alias or f'ALIBABA_{field.upper()}'}=1" in README


@pytest.mark.parametrize("target", re.findall(r"\]\(([^)#]+)\)", README))
def test_every_link_of_the_readme_leads_somewhere(target: str) -> None:
    assert (ROOT / target).exists()


def test_the_version_is_one() -> None:
    assert tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"] == VERSION


def test_the_readme_is_short() -> None:
    assert len(README.splitlines()) <= 150
    assert len((ROOT / "CONTRIBUTING.md").read_text("utf-8").splitlines()) <= 80


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "tests/bench/README.md"])
def test_no_page_carries_two_halves_of_a_merge(page: str) -> None:
    assert not re.search(r"^(<{7}|>{7}|={7}$)", (ROOT / page).read_text("utf-8"), re.MULTILINE)


def test_the_manifest_in_deploy_is_the_one_that_is_printed() -> None:
    assert (ROOT / "deploy" / "manifest.yaml").read_text("utf-8") == manifest.as_yaml("/alibaba")


@pytest.mark.parametrize(
    ("http", "threads", "holds"),
    [
        (None, False, {"socket_mode_enabled": True}),
        ("https://bot.example.com/", False, {"socket_mode_enabled": False}),
        (None, True, {"socket_mode_enabled": True}),
    ],
)
def test_manifests(http: str | None, threads: bool, holds: dict[str, bool]) -> None:
    written = yaml.safe_load(manifest.as_yaml("/ask", http, threads))
    assert written["settings"] | holds == written["settings"]
    assert written["features"]["slash_commands"][0]["command"] == "/ask"
    assert ("channels:history" in written["oauth_config"]["scopes"]["bot"]) == threads
    addresses = re.findall(r"(?:request_url|url): (\S+)", manifest.as_yaml("/ask", http, threads))
    assert set(addresses) == ({"https://bot.example.com/slack/events"} if http else set())


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]
        elif isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)


@pytest.mark.parametrize("layer", LAYERS)
def test_imports_point_down_only(layer: str) -> None:
    above = set(LAYERS[LAYERS.index(layer) + 1 :])
    for path in (ROOT / layer).rglob("*.py"):
        assert not above & set(imports(path)), path


@pytest.mark.parametrize("layer", ["content", "handlers"])
def test_clock_and_environment_are_read_in_bot_only(layer: str) -> None:
    for path in (ROOT / layer).rglob("*.py"):
        assert not re.search(r"\b(?:os\.environ|datetime\.now|time\.time\()", path.read_text("utf-8")), path


def test_seeds_state_nothing_their_text_does_not_carry() -> None:
    documents = [one for one in formats.documents(SEEDS) if isinstance(one, Document)]
    assert len(documents) == 4
    for document in documents:
        assert document.title is not None
        assert document.title in document.text
        assert (document.title_source == "first words") == document.text.startswith(document.title) or (
            document.title_source == "stated"
        )
        assert (document.url, document.publisher, document.author, document.published) == (None, None, None, None)
