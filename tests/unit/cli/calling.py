"""How the tests call a command in their own process."""

from amts_desk.cli import main


def done(capsys, *arguments, code=0):
    """Run a command, require its exit code, and return what it printed."""
    capsys.readouterr()
    status = main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    assert status == code, err
    return out


def told(capsys, *arguments, code=2):
    """Run a command that cannot be done, and return the one line it says."""
    capsys.readouterr()
    status = main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    assert (status, out) == (code, "")
    lines = err.splitlines()
    assert len(lines) == 1, err
    assert lines[0].startswith("amts-desk: ")
    return lines[0]
