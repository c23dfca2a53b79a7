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
