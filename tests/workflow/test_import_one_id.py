"""Two services of botocore with one service id: a folder and a package for each."""

import pytest

from .conftest import Project

SERVICES = {"pinpoint-sms-voice": "pinpoint_sms_voice", "sms-voice": "sms_voice"}


@pytest.mark.parametrize("order", [list(SERVICES), list(reversed(SERVICES))])
def test_they_do_not_overwrite_each_other(project: Project, order: list[str]):
    pytest.importorskip("botocore")
    specs, out = project.folder / "theirs", project.folder / "out"
    for service in order:
        done = project.run("import", "botocore", service, "--into", specs)
        assert done.code == 0, done.err
    folders = {p.parent.name for p in specs.glob("*/service.yaml")}
    assert folders == set(SERVICES.values())
    done = project.run("generate", specs, "--out", out, "--no-format")
    assert done.code == 0, done.err
    for package in SERVICES.values():
        text = (out / package / "client.py").read_text()
        assert "class PinpointSMSVoiceClient(Client):" in text
    again = project.run("import", "botocore", order[0], "--into", specs)
    assert "up to date" in again.out
