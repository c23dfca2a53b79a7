"""Between the end of an endpoint and the next one nobody is sent to a closed door."""

import threading

from amts_desk.endpoint.session import Claim, new_session


def test_an_endpoint_that_is_about_to_end_is_waited_for_not_joined(tmp_path):
    ending, coming, session = Claim(tmp_path), Claim(tmp_path), new_session(1234)
    assert ending.is_ours()
    ending.publish(session)
    assert not coming.is_ours()
    assert coming.other() == session
    ending.withdraw()
    found = []
    asking = threading.Thread(target=lambda: found.append(coming.other()))
    asking.start()
    asking.join(0.5)
    assert found == [], "it was sent to an endpoint that is ending"
    ending.give_up()
    asking.join(20)
    assert found == [None]
    coming.give_up()


def test_who_has_not_got_the_claim_gives_nothing_up(tmp_path):
    ours, theirs, session = Claim(tmp_path), Claim(tmp_path), new_session(1234)
    assert ours.is_ours()
    ours.publish(session)
    theirs.give_up()
    assert theirs.other() == session
    assert not theirs.is_ours()
    ours.give_up()


def test_nobody_waits_for_an_endpoint_that_nobody_wants(tmp_path):
    ours, theirs = Claim(tmp_path), Claim(tmp_path)
    assert ours.is_ours()
    assert theirs.other(lambda: True) is None
    ours.give_up()
