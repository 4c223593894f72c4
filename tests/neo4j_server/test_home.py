from __future__ import annotations

import stat
from pathlib import Path

import pytest

from kg.errors import ServerError
from kg.neo4j_server.home import RunRecord, ServerHome, get_default_home, read_secret


def get_mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_only_the_owner_can_read_folder_and_password(tmp_path: Path) -> None:
    home = ServerHome(tmp_path / "home")
    home.create()
    home.create_password()
    assert (get_mode(home.path), get_mode(home.password_file)) == (0o700, 0o600)


def test_passwords_are_random_and_made_once(tmp_path: Path) -> None:
    homes = [ServerHome(tmp_path / name) for name in ("a", "b")]
    for home in homes:
        home.create()
        home.create_password()
    first, second = (home.read_password() for home in homes)
    homes[0].create_password()
    assert homes[0].read_password() == first != second
    assert len(first) == 48
    assert set(first) <= set("0123456789abcdef")


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620])
def test_refuses_a_password_that_others_can_read_or_change(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "password"
    path.write_text("secret-word\n")
    path.chmod(mode)
    with pytest.raises(ServerError, match="chmod 600") as caught:
        read_secret(path)
    assert "secret-word" not in str(caught.value)
    path.chmod(0o600)
    assert read_secret(path) == "secret-word"


def test_refuses_a_missing_or_empty_password(tmp_path: Path) -> None:
    path = tmp_path / "password"
    with pytest.raises(ServerError, match="cannot be read"):
        read_secret(path)
    path.touch(mode=0o600)
    with pytest.raises(ServerError, match="no password in it"):
        read_secret(path)


def test_refuses_a_folder_of_something_else(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(ServerError, match="not made by kg neo4j start"):
        ServerHome(tmp_path).create()
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_settings_keep_the_server_to_itself(tmp_path: Path) -> None:
    home = ServerHome(tmp_path / "home")
    home.create()
    home.write_settings(1234, "2g")
    lines = (home.conf_folder / "neo4j.conf").read_text().splitlines()
    settings = dict(line.split("=", 1) for line in lines if not line.startswith("#"))
    assert settings["server.default_listen_address"] == "127.0.0.1"
    assert settings["server.bolt.listen_address"] == "127.0.0.1:1234"
    assert (settings["server.memory.heap.initial_size"], settings["server.memory.heap.max_size"]) == ("2g", "2g")
    off = [
        "server.http.enabled",
        "server.https.enabled",
        "dbms.usage_report.enabled",
        "client.allow_telemetry",
        "server.fleet_discovery.enabled",
        "dbms.fleet_manager.enabled",
    ]
    assert {name: settings[name] for name in off} == dict.fromkeys(off, "false")
    assert settings["dbms.security.auth_enabled"] == "true"
    assert settings["db.logs.query.enabled"] == "OFF"


def test_a_damaged_record_is_no_record(tmp_path: Path) -> None:
    home = ServerHome(tmp_path)
    assert home.read_record() is None
    home.write_record(RunRecord(7, 7687, "1"))
    assert home.read_record() == RunRecord(7, 7687, "1")
    for damage in ("", "{", "[]", '{"pid": 7}', "\x00"):
        home.record_file.write_text(damage)
        assert home.read_record() is None


def test_the_default_home_lies_among_the_users_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    path = get_default_home().path
    assert tmp_path in path.parents
    assert path.parts[-2:] == ("agency-kg", "neo4j")
