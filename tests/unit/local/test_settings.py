from pathlib import Path

import pytest

from infra.local.settings import LocalSettings, SettingsError, clean_environment, read_settings


def test_the_default_port_is_8700_and_aws_listens_on_the_next() -> None:
    settings = read_settings({})
    assert (settings.port, settings.aws_port) == (8700, 8701)


def test_a_port_given_on_the_command_line_wins_over_the_environment() -> None:
    assert read_settings({"TELLER_PORT": "9000"}, port=9100).port == 9100


@pytest.mark.parametrize("port", ["eighty", "80", "65535", "-1"])
def test_a_port_that_cannot_be_used_is_refused_with_a_sentence(port: str) -> None:
    with pytest.raises(SettingsError, match=r"(?i)port"):
        read_settings({"TELLER_PORT": port})


@pytest.mark.parametrize("clock", ["yesterday", "2026-11-23T12:00:00", "12:00"])
def test_a_clock_without_date_or_offset_is_refused(clock: str) -> None:
    with pytest.raises(SettingsError, match="ISO instant"):
        read_settings({"TELLER_CLOCK": clock})


def test_the_light_engine_understands_unless_another_is_asked_for() -> None:
    assert read_settings({}).nlu == "light"
    assert read_settings({"TELLER_NLU": "encoder"}).nlu == "encoder"
    with pytest.raises(SettingsError, match="TELLER_NLU is 'magic': no NLU engine"):
        read_settings({"TELLER_NLU": "magic"})


def test_processes_of_a_function_are_bounded_by_the_cores_unless_told_otherwise() -> None:
    assert read_settings({}).function_processes >= 4
    assert read_settings({"TELLER_FUNCTION_PROCESSES": "7"}).function_processes == 7
    with pytest.raises(SettingsError, match="TELLER_FUNCTION_PROCESSES is '0'"):
        read_settings({"TELLER_FUNCTION_PROCESSES": "0"})


def test_the_state_is_a_second_old_at_most_unless_told_otherwise() -> None:
    assert read_settings({}).state_seconds == 1
    assert read_settings({"TELLER_STATE_SECONDS": "30"}).state_seconds == 30


def test_a_fixed_clock_is_the_end_of_the_seeded_history() -> None:
    settings = read_settings({"TELLER_CLOCK": "2026-11-23T12:00:00+00:00"})
    assert settings.now.isoformat() == "2026-11-23T12:00:00+00:00"


def test_no_real_aws_setting_reaches_a_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_PROFILE", "production")
    monkeypatch.setenv("AWS_SESSION_TOKEN", "real")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAREAL")
    environment = clean_environment(LocalSettings(8700, Path("/nowhere")))
    assert "AWS_PROFILE" not in environment
    assert "AWS_SESSION_TOKEN" not in environment
    assert environment["AWS_ACCESS_KEY_ID"] == "test"
    assert environment["AWS_ENDPOINT_URL"] == "http://127.0.0.1:8701"


def test_numpy_has_one_thread_in_every_part_of_the_bank_unless_asked_for_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings = LocalSettings(8700, Path("/nowhere"))
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    assert clean_environment(settings)["OPENBLAS_NUM_THREADS"] == "1"
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "4")
    assert clean_environment(settings)["OPENBLAS_NUM_THREADS"] == "4"
